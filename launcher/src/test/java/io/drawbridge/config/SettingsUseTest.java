package io.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A key is refused or obeyed, never ignored: whatever settings hold, somebody reads. */
class SettingsUseTest {

  private static final JavaClasses SERVER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.drawbridge");

  @Test
  void everySettingIsRead() {
    List<String> ignored = new ArrayList<>();
    collectIgnored(Settings.class, ignored);

    assertThat(ignored).as("settings that nothing outside the config package reads").isEmpty();
  }

  private static void collectIgnored(Class<?> record, List<String> ignored) {
    for (RecordComponent component : record.getRecordComponents()) {
      if (!isRead(record, component.getName())) {
        ignored.add(record.getSimpleName() + "." + component.getName());
      }
      for (Class<?> held : held(component)) {
        collectIgnored(held, ignored);
      }
    }
  }

  private static boolean isRead(Class<?> record, String component) {
    JavaClass owner = SERVER.get(record);
    return owner.getMethod(component).getAccessesToSelf().stream()
        .anyMatch(access -> !access.getOriginOwner().getPackage().equals(owner.getPackage()));
  }

  /** The records of ours inside a component, also those in a list. */
  private static Set<Class<?>> held(RecordComponent component) {
    Set<String> types = Set.of(component.getGenericType().getTypeName().split("[<>]"));
    return SERVER.stream()
        .filter(candidate -> types.contains(candidate.getName()))
        .map(JavaClass::reflect)
        .filter(Class::isRecord)
        .collect(Collectors.toSet());
  }
}
