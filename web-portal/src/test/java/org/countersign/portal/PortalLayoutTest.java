package org.countersign.portal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PortalLayoutTest {
    private final JavaClasses portal = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.countersign.portal");

    @Test
    void presentersAndTextKnowNoVaadin() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Presenter")
                .or()
                .resideInAPackage("org.countersign.portal.text..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.vaadin..")
                .check(portal);
    }

    @Test
    void nothingReachesBehindTheServices() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveSimpleNameEndingWith("Entity")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "java.sql..")
                .check(portal);
    }
}
