package io.erulb.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final List<String> MODULES =
            List.of("rules", "upstream", "store", "routing", "proxy", "admin", "server");
    private static final String PLANTED = "io.erulb.server.architecture.planted";

    @Test
    void everyArrowIsKept() {
        JavaClasses ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(ArchitectureTest::isNoTestJar)
                .importPackages("io.erulb");

        assertThat(MODULES)
                .allMatch(module ->
                        ours.stream().anyMatch(type -> type.getPackageName().equals("io.erulb." + module)));
        new Arrows("io.erulb").all().values().forEach(rule -> rule.check(ours));
    }

    @Test
    void everyArrowBitesWhenItIsBroken() {
        JavaClasses planted = new ClassFileImporter().importPackages(PLANTED);

        Map<String, ArchRule> arrows = new Arrows(PLANTED).all();

        assertThat(arrows)
                .allSatisfy((name, rule) -> assertThat(rule.evaluate(planted).hasViolation())
                        .as(name)
                        .isTrue());
    }

    private static boolean isNoTestJar(Location location) {
        return !location.contains("-tests.jar") && !location.contains("/test-classes/");
    }
}
