package io.drawbridge.pluginhost;

import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.drawbridge.pluginhost.routing.Split;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a plugin that serve at one moment.
 *
 * @param stable null while none does
 * @param canary null unless one is tried
 * @param percent the share of subjects that the canary serves
 */
record InService(@Nullable Running stable, @Nullable Running canary, int percent) {

  static final InService NOBODY = new InService(null, null, 0);

  static InService all(Running stable) {
    return new InService(stable, null, 0);
  }

  List<Running> versions() {
    return Stream.of(stable, canary).filter(Objects::nonNull).toList();
  }

  /** The version that came last; null while none serves. */
  @Nullable String newest() {
    Running newest = canary == null ? stable : canary;
    return newest == null ? null : newest.plugin().descriptor().version();
  }

  List<PluginDescriptor> descriptors() {
    return versions().stream().map(each -> each.plugin().descriptor()).toList();
  }

  /** Whether the same version serves most as before. */
  boolean keeps(InService was) {
    return stable != null && was.stable != null && stable.sameGeneration(was.stable);
  }

  /** Those that serve no longer when others do. */
  List<Running> without(InService next) {
    return versions().stream()
        .filter(old -> next.versions().stream().noneMatch(old::sameGeneration))
        .toList();
  }

  /** The same for the router: only while somebody serves. */
  Split split() {
    Split all = Split.all(Objects.requireNonNull(stable).target());
    return canary == null ? all : all.with(canary.target(), percent);
  }

  /** Browsers may send where any version offers it, the newest having the last word. */
  Map<String, String> offers() {
    Map<String, String> offers = new HashMap<>();
    versions().forEach(each -> offers.putAll(each.plugin().authorityByAddress()));
    return offers;
  }

  /** How the listing tells it; only while somebody serves. */
  PluginStatus status(PluginState state, @Nullable String previous) {
    Running serving = Objects.requireNonNull(stable);
    ReadPlugin plugin = serving.plugin();
    return new PluginStatus(
        plugin.id(),
        plugin.descriptor().version(),
        plugin.archive().sha256(),
        state,
        serving.generation().number(),
        plugin.addresses(),
        serving.generation().hot(),
        previous,
        canary == null
            ? null
            : new PluginStatus.Canary(canary.plugin().descriptor().version(), percent),
        null,
        0,
        null);
  }
}
