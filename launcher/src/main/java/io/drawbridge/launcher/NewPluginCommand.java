package io.drawbridge.launcher;

import io.drawbridge.launcher.project.PluginProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a plugin's project that builds, tests itself and deploys as it stands. */
@Command(
    name = "new-plugin",
    mixinStandardHelpOptions = true,
    description = "Writes a plugin's project to ./NAME: one handler, one schema, one test.",
    sortOptions = false)
final class NewPluginCommand implements Callable<Integer> {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int LONGEST_NAME = 64;
  private static final Pattern PACKAGE = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)*");

  @Parameters(
      paramLabel = "NAME",
      description = "the plugin's id, the folder's name and the first part of its addresses")
  String name = "";

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "the Java package (default: com.example.NAME)")
  @Nullable String javaPackage;

  @Override
  public Integer call() {
    Path folder = Path.of(checkedName());
    if (Files.exists(folder)) {
      throw StartupException.misconfigured(
          folder + " is there already: choose another name, or move it away");
    }
    try {
      new PluginProject(name, checkedPackage(), Version.current()).writeTo(folder);
    } catch (IOException e) {
      throw StartupException.failed(folder + " can't be written: " + e, e);
    }
    System.out.printf(
        "%1$s is there. Next:%n  (cd %1$s && mvn package)%n  %2$s plugins deploy %1$s/target/%1$s.jar%n",
        name, System.getenv().getOrDefault("DRAWBRIDGE_COMMAND", "drawbridge"));
    return ExitCode.STOPPED;
  }

  private String checkedName() {
    if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
      throw StartupException.misconfigured(
          "\"%s\" can't be a plugin's name: use small letters, digits and single dashes, a letter first, %d at most, such as order-desk"
              .formatted(name, LONGEST_NAME));
    }
    return name;
  }

  private String checkedPackage() {
    String chosen = javaPackage == null ? "com.example." + name.replace("-", "") : javaPackage;
    if (!PACKAGE.matcher(chosen).matches() || PluginProject.isKeyword(chosen)) {
      throw StartupException.misconfigured(
          "\"%s\" can't be a Java package: give one with --package, such as com.acme.orders"
              .formatted(chosen));
    }
    return chosen;
  }
}
