package io.drawbridge.bridge;

import io.drawbridge.config.LimitsConfig;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** The default limits with some of them changed, by name. */
final class Limits {

  private Limits() {}

  static LimitsConfig with(Object... namesAndValues) {
    List<Object> changes = Arrays.asList(namesAndValues);
    RecordComponent[] components = LimitsConfig.class.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
    Object[] values =
        Arrays.stream(components)
            .map(
                component -> {
                  int changed = changes.indexOf(component.getName());
                  return changed >= 0 ? changes.get(changed + 1) : value(component);
                })
            .toArray();
    try {
      return LimitsConfig.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Object value(RecordComponent component) {
    try {
      return component.getAccessor().invoke(LimitsConfig.defaults());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
