package io.drawbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Gathers what is wrong with a record's components, so that its constructor can refuse them. */
final class Checks {

  static final String FILE = "settings";

  private final String place;
  private final List<Mistake> mistakes = new ArrayList<>();

  /**
   * Begins the checks of one record.
   *
   * @param place its pointer in {@code drawbridge.json}; {@code -} stands for any item of a list
   */
  Checks(String place) {
    this.place = place;
  }

  /** The number must lie within the bounds that the schema gives the key. */
  Checks bounds(String key, double value) {
    JsonNode schema = SettingsSchema.of(place + "/" + key);
    boolean within =
        value >= schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY)
            && value > schema.path("exclusiveMinimum").asDouble(Double.NEGATIVE_INFINITY)
            && value <= schema.path("maximum").asDouble(Double.POSITIVE_INFINITY);
    String number = value == Math.rint(value) ? String.valueOf((long) value) : "" + value;
    return that(within, key, number + " is out of bounds", "Give " + Expectation.of(schema));
  }

  /** Each text must have the format. */
  Checks each(String key, String format, Collection<String> values) {
    values.forEach(value -> format(key, format, value));
    return this;
  }

  /** The text must have the format. */
  Checks format(String key, String format, String value) {
    Complaint complaint = Formats.complaint(format, value);
    return complaint == null ? this : that(false, key, complaint.problem(), complaint.suggestion());
  }

  Checks that(boolean holds, String key, String problem, String suggestion) {
    if (!holds) {
      mistakes.add(new Mistake(FILE, place + "/" + key, problem, suggestion));
    }
    return this;
  }

  /** Throws if anything was wrong. */
  void done() {
    if (!mistakes.isEmpty()) {
      throw new ConfigException(mistakes);
    }
  }
}
