package io.drawbridge.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns what the schema validator found into mistakes that a person can act on. */
final class SchemaSentences {

  private static final String MISSING = "is missing";
  private static final Set<String> BRANCHES = Set.of("anyOf", "oneOf");

  private final ObjectNode schema;
  private final String file;
  private final Set<String> filled;

  /**
   * Prepares for one document.
   *
   * @param filled the pointers of strings whose content must not be shown
   */
  SchemaSentences(ObjectNode schema, String file, Set<String> filled) {
    this.schema = schema;
    this.file = file;
    this.filled = filled;
  }

  List<Mistake> of(Collection<ValidationMessage> messages) {
    Set<Mistake> mistakes = new LinkedHashSet<>();
    for (ValidationMessage message : messages) {
      mistakes.add(branch(message) ? noBranch(message, messages) : mistake(message));
    }
    return mistakes.stream().filter(mistake -> !misspelt(mistake, mistakes)).toList();
  }

  /** Whether a missing key is there after all, under a name that is nearly right. */
  private static boolean misspelt(Mistake missing, Set<Mistake> mistakes) {
    if (!missing.problem().equals(MISSING)) {
      return false;
    }
    JsonPointer place = JsonPointer.compile(missing.pointer());
    String meant = didYouMean(place.last().getMatchingProperty());
    return mistakes.stream()
        .filter(mistake -> mistake.suggestion().equals(meant))
        .anyMatch(mistake -> place.head().equals(JsonPointer.compile(mistake.pointer()).head()));
  }

  private static String didYouMean(String word) {
    return "Did you mean \"" + word + "\"?";
  }

  private Mistake mistake(ValidationMessage message) {
    JsonPointer place = JsonPointer.compile(message.getInstanceLocation().toString());
    JsonNode rules = rules(message);
    String property = message.getProperty();
    return switch (message.getType()) {
      case "additionalProperties", "unevaluatedProperties" ->
          unknown(property, rules).at(file, place.appendProperty(property).toString());
      case "required" ->
          missing(property, rules).at(file, place.appendProperty(property).toString());
      default -> complaint(message, rules, place.toString()).at(file, place.toString());
    };
  }

  private static Complaint unknown(String key, JsonNode rules) {
    for (JsonNode later : rules.path("x-notYet")) {
      if (later.asText().equals(key)) {
        return new Complaint(key + " is not available in this version", "Remove it");
      }
    }
    List<String> known = new ArrayList<>();
    rules.path("properties").fieldNames().forEachRemaining(known::add);
    known.remove("$schema");
    return new Complaint(
        "unknown key",
        NearestWord.to(key, known)
            .map(SchemaSentences::didYouMean)
            .orElse(known.isEmpty() ? "Remove it" : "Known here: " + String.join(", ", known)));
  }

  private static Complaint missing(String key, JsonNode rules) {
    String what = rules.path("properties").path(key).path("description").asText();
    return new Complaint(MISSING, what.isEmpty() ? "Add it" : "Add it: " + what);
  }

  private Complaint complaint(ValidationMessage message, JsonNode rules, String place) {
    JsonNode value = message.getInstanceNode();
    boolean secret = filled.contains(place) || rules.path("writeOnly").asBoolean();
    String shown = secret ? "the value" : Quoted.of(value);
    String give = "Give " + Expectation.of(rules);
    return switch (message.getType()) {
      case "type" -> type(value, rules, place, shown);
      case "minimum", "exclusiveMinimum" -> new Complaint(shown + " is too small", give);
      case "maximum" -> new Complaint(shown + " is too large", give);
      case "enum" -> word(value, message.getSchemaNode(), shown);
      case "format" -> format(value, rules, secret);
      case "minLength" ->
          new Complaint(value.asText().isEmpty() ? "is empty" : "is too short", give);
      case "minItems" -> new Complaint("the list is too short", "Name at least one");
      case "uniqueItems" -> new Complaint("the list holds the same twice", "Remove one of the two");
      case "pattern" -> pattern(value, rules, shown);
      default -> new Complaint(error(message), "Correct it");
    };
  }

  private static Complaint pattern(JsonNode value, JsonNode rules, String shown) {
    if (value.asText().contains("${")) {
      return new Complaint(
          shown + " was not filled in",
          "Let the build do it, in Maven by <filtering>true</filtering> on the resources");
    }
    List<String> examples = new ArrayList<>();
    rules.path("examples").forEach(example -> examples.add(Quoted.of(example)));
    return new Complaint(
        shown + " doesn't fit",
        examples.isEmpty()
            ? "It must match " + rules.path("pattern").asText()
            : "Write it like " + String.join(" or ", examples));
  }

  private Complaint type(JsonNode value, JsonNode rules, String place, String shown) {
    String give = "Give " + Expectation.of(rules);
    if (filled.contains(place)) {
      return new Complaint("${…} gives a string, and this key takes none", give);
    }
    String kind = Expectation.of(kindOf(value));
    return new Complaint(value.isNull() ? "is null" : shown + " is " + kind, give);
  }

  private static JsonNode kindOf(JsonNode value) {
    String type =
        switch (value.getNodeType()) {
          case STRING -> "string";
          case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
          case ARRAY -> "array";
          case OBJECT -> "object";
          case BOOLEAN -> "boolean";
          default -> "null";
        };
    return StrictJson.MAPPER.createObjectNode().put("type", type);
  }

  private static Complaint word(JsonNode value, JsonNode words, String shown) {
    List<String> known = new ArrayList<>();
    words.forEach(word -> known.add(word.asText()));
    return new Complaint(
        shown + " is unknown here",
        NearestWord.to(value.asText(), known)
            .map(SchemaSentences::didYouMean)
            .orElse("Give " + Expectation.oneOf(words)));
  }

  private static Complaint format(JsonNode value, JsonNode rules, boolean secret) {
    String format = rules.path("format").asText();
    Complaint ours = secret ? null : Formats.complaint(format, value.asText());
    return ours != null ? ours : new Complaint("is no " + format.replace('-', ' '), "Correct it");
  }

  private static String error(ValidationMessage message) {
    String text = message.getError();
    return text.startsWith(": ") ? text.substring(2) : text;
  }

  private static boolean branch(ValidationMessage message) {
    String path = message.getEvaluationPath() + "/";
    return BRANCHES.stream().anyMatch(word -> path.contains("/" + word + "/"));
  }

  /**
   * What the branches of a choice say contradicts itself: say that none fits, or which words do.
   */
  private Mistake noBranch(ValidationMessage message, Collection<ValidationMessage> all) {
    Optional<ValidationMessage> words =
        all.stream()
            .filter(each -> each.getType().equals("enum") && each.getInstanceNode().isTextual())
            .filter(each -> each.getInstanceLocation().equals(message.getInstanceLocation()))
            .findFirst();
    if (words.isPresent()) {
      String place = message.getInstanceLocation().toString();
      return complaint(words.get(), rules(words.get()), place).at(file, place);
    }
    boolean several = message.getType().equals("oneOf") && !message.getError().contains(" 0 are ");
    return new Complaint(
            several
                ? "fits more than one of the forms that are allowed here"
                : "fits none of the forms that are allowed here",
            "Correct it")
        .at(file, message.getInstanceLocation().toString());
  }

  /** The schema whose keyword found fault. */
  private JsonNode rules(ValidationMessage message) {
    JsonPointer keyword = JsonPointer.compile(message.getSchemaLocation().getFragment().toString());
    JsonPointer holder = keyword.head();
    return holder == null ? MissingNode.getInstance() : schema.at(holder);
  }
}
