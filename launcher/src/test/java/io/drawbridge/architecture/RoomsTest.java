package io.drawbridge.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/** Who may import whom; {@code docs/architecture.md} says why. */
@AnalyzeClasses(packages = "io.drawbridge", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

  /** Classes that need what Vert.x doesn't promise to keep; each says why in its Javadoc. */
  private static final List<String> MAY_SEE_VERTX_INTERNALS =
      List.of("SocketLoop", "WebSocketPipeline");

  @ArchTest static final ArchRule protocolSeesNobody = only("protocol");
  @ArchTest static final ArchRule configSeesNobody = only("config");
  @ArchTest static final ArchRule httpSeesConfig = only("http", "config");
  @ArchTest static final ArchRule databaseSeesConfig = only("database", "config");

  @ArchTest
  static final ArchRule permissionSeesConfigAndProtocol = only("permission", "config", "protocol");

  @ArchTest
  static final ArchRule signinSeesConfigHttpAndPermission =
      only("signin", "config", "http", "permission");

  @ArchTest
  static final ArchRule bridgeNeverSeesThePluginHost =
      only("bridge", "config", "http", "permission", "protocol");

  @ArchTest
  static final ArchRule pluginHostNeverSeesTheBridge =
      only("pluginhost", "plugin", "config", "database", "permission", "protocol");

  @ArchTest
  static final ArchRule transportsDontKnowTheBridge =
      noClasses()
          .that()
          .resideInAPackage("io.drawbridge.bridge.transport..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.drawbridge.bridge");

  @ArchTest
  static final ArchRule nobodySeesTheLauncher =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.drawbridge.launcher..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.drawbridge.launcher..");

  @ArchTest
  static final ArchRule pluginAuthorsSeeVertxCoreAndTheSqlClient =
      classes()
          .that()
          .resideInAPackage("io.drawbridge.plugin..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.drawbridge.plugin..",
              "io.vertx.core..",
              "io.vertx.sqlclient..",
              "java..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule noVertxImplementation =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.vertx..impl..");

  @ArchTest
  static final ArchRule vertxInternalsInNamedClassesOnly =
      noClasses()
          .that(
              DescribedPredicate.describe(
                  "are not listed here",
                  type -> !MAY_SEE_VERTX_INTERNALS.contains(outermost(type).getSimpleName())))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..internal..");

  @ArchTest
  static final ArchRule roomsHaveNoCycles =
      slices().matching("io.drawbridge.(*)..").should().beFreeOfCycles();

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(RoomsTest::outermost).orElse(type);
  }

  /** A room may use itself and the rooms named after it; libraries are the pom's concern. */
  private static ArchRule only(String room, String... others) {
    String[] allowed =
        Stream.concat(Stream.of(room), Stream.of(others))
            .map(name -> "io.drawbridge." + name + "..")
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> foreign =
        JavaClass.Predicates.resideInAPackage("io.drawbridge..")
            .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed)));
    return noClasses()
        .that()
        .resideInAPackage("io.drawbridge." + room + "..")
        .should()
        .dependOnClassesThat(foreign)
        .allowEmptyShould(true);
  }
}
