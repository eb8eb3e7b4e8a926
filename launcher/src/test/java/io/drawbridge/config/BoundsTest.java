package io.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every number has two bounds, and neither a file nor code gets past them. */
class BoundsTest {

  private static final Settings DEFAULTS = Settings.defaults();

  private static final List<Record> RECORDS =
      List.of(
          DEFAULTS.http(),
          DEFAULTS.auth(),
          DEFAULTS.bridge(),
          DEFAULTS.limits(),
          DEFAULTS.plugins(),
          DEFAULTS.database());

  private static final List<String> PLACES =
      List.of("/http", "/auth", "/bridge", "/limits", "/plugins", "/database");

  static Stream<Arguments> numbers() {
    return Stream.concat(
        Stream.iterate(0, i -> i < RECORDS.size(), i -> i + 1)
            .flatMap(i -> numbers(PLACES.get(i), RECORDS.get(i))),
        Stream.concat(
            numbers("/auth/login", DEFAULTS.auth().login()),
            numbers("/permissions/-/rate", new PermissionRule.Rate(1, 1))));
  }

  private static Stream<Arguments> numbers(String place, Record record) {
    return Arrays.stream(record.getClass().getRecordComponents())
        .filter(
            component -> List.of(int.class, long.class, double.class).contains(component.getType()))
        .map(component -> Arguments.of(place + "/" + component.getName(), record));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("numbers")
  void codeStaysWithinTheBounds(String pointer, Record record) {
    JsonNode schema = SettingsSchema.of(pointer);
    String key = pointer.substring(pointer.lastIndexOf('/') + 1);
    double least = schema.path("minimum").asDouble(schema.path("exclusiveMinimum").asDouble() + 1);

    assertThat(Mistakes.of(() -> with(record, key, least - 1)))
        .anyMatch(line -> line.startsWith("settings:" + pointer + ": "));
    assertThat(Mistakes.of(() -> with(record, key, schema.path("maximum").asDouble() + 1)))
        .anyMatch(line -> line.startsWith("settings:" + pointer + ": "));
  }

  @Test
  void filesStayWithinTheBounds() {
    assertThat(
            Mistakes.in(
                "{\"limits\": {\"frameBytes\": 0}, \"bridge\": {\"pingMillis\": 600001}, \"permissions\":"
                    + " [{\"address\": \"a\", \"rate\": {\"perSecond\": 0}}]}"))
        .containsExactlyInAnyOrder(
            "settings:/limits/frameBytes: 0 is too small. Give an integer from 1024 to 16777216",
            "settings:/bridge/pingMillis: 600001 is too large. Give an integer from 100 to 600000",
            "settings:/permissions/0/rate/perSecond: 0 is too small. Give a number above 0, up to"
                + " 1000000");
  }

  /** The same record with one number replaced, made by its own constructor. */
  private static Object with(Record record, String key, double value) throws Throwable {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] =
          components[i].getName().equals(key)
              ? number(components[i].getType(), value)
              : components[i].getAccessor().invoke(record);
    }
    Constructor<?> constructor =
        record
            .getClass()
            .getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      throw refused.getCause();
    }
  }

  private static Object number(Class<?> type, double value) {
    if (type == int.class) {
      return (int) value;
    }
    return type == long.class ? (Object) (long) value : (Object) value;
  }
}
