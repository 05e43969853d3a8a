package org.countersign.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import java.util.TreeSet;
import org.countersign.core.identity.Caller;
import org.junit.jupiter.api.Test;

/** The arrows of the architecture document. Each rule names what may not be seen from where. */
class LayoutTest {
    @Test
    void modelUsesTheJdkOnly() {
        classes()
                .that()
                .resideInAPackage("org.countersign.model..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", "org.countersign.model.."))
                .check(Product.CLASSES);
    }

    @Test
    void journalUsesTheJdkOnly() {
        classes()
                .that()
                .resideInAPackage("org.countersign.journal..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "org.countersign.journal.."))
                .check(Product.CLASSES);
    }

    @Test
    void codecsUseNettyBuffersOnly() {
        classes()
                .that()
                .resideInAPackage("org.countersign.wire..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "org.countersign.wire..",
                        "io.netty.buffer..",
                        "io.netty.util..",
                        "io.netty.channel..",
                        "io.netty.handler.codec.."))
                .check(Product.CLASSES);
    }

    @Test
    void connectorSeesNeitherTheCoreNorAStore() {
        noClasses()
                .that()
                .resideInAPackage("org.countersign.connector..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "jakarta.persistence..",
                        "jakarta.ejb..",
                        "java.sql..",
                        "javax.sql..",
                        "org.countersign.core.."))
                .check(Product.CLASSES);
    }

    @Test
    void coreSeesNeitherTheWireNorTheConnector() {
        noClasses()
                .that()
                .resideInAPackage("org.countersign.core..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.netty..", "org.countersign.wire..", "org.countersign.connector.."))
                .check(Product.CLASSES);
    }

    @Test
    void portalAndApiNeverHoldAnEntity() {
        noClasses()
                .that()
                .resideInAnyPackage("org.countersign.portal..", "org.countersign.api..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.countersign.core..").and(simpleNameEndingWith("Entity")))
                .orShould()
                .dependOnClassesThat(resideInAPackage("jakarta.persistence.."))
                .check(Product.CLASSES);
    }

    @Test
    void presentersKnowNoVaadin() {
        noClasses()
                .that()
                .resideInAPackage("org.countersign.portal..")
                .and()
                .haveSimpleNameEndingWith("Presenter")
                .should()
                .dependOnClassesThat(resideInAPackage("com.vaadin.."))
                .check(Product.CLASSES);
    }

    @Test
    void protocolsDoNotKnowEachOther() {
        slices().matching("org.countersign.wire.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        not(resideInAPackage("org.countersign.wire.frame..")),
                        resideInAPackage("org.countersign.wire.frame.."))
                .allowEmptyShould(true)
                .check(Product.CLASSES);
    }

    @Test
    void whatIsSharedByProtocolsKnowsNoneOfThem() {
        noClasses()
                .that()
                .resideInAnyPackage("org.countersign.connector.intercept..", "org.countersign.connector.session..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.countersign.wire.postgres..", "org.countersign.connector.postgres.."))
                .check(Product.CLASSES);
    }

    @Test
    void theVerifierSharesNoCodeWithTheWriter() {
        noClasses()
                .that()
                .resideInAPackage("org.countersign.cli..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.countersign.journal.."))
                .check(Product.CLASSES);
    }

    @Test
    void theDecisionOfACommandNeverTouchesTheStore() {
        noClasses()
                .that()
                .haveFullyQualifiedName("org.countersign.core.inbound.CommandEndpoint")
                .or()
                .haveFullyQualifiedName("org.countersign.core.policy.PolicyBoard")
                .should()
                .dependOnClassesThat(resideInAnyPackage("jakarta.persistence..", "javax.sql..", "java.sql.."))
                .check(Product.CLASSES);
    }

    /** So no page and no resource can do anything that nobody is asked about. */
    @Test
    void portalAndApiCallServicesOnlyInTheNameOfACaller() {
        var nameless = new TreeSet<String>();
        for (JavaClass type : Product.CLASSES) {
            if (type.getPackageName().startsWith("org.countersign.portal")
                    || type.getPackageName().startsWith("org.countersign.api")) {
                type.getMethodCallsFromSelf().stream()
                        .map(JavaMethodCall::getTarget)
                        .filter(called -> service(called.getOwner()))
                        .filter(called -> called.getRawParameterTypes().stream()
                                .noneMatch(parameter -> parameter.isEquivalentTo(Caller.class)))
                        .forEach(called -> nameless.add(called.getOwner().getSimpleName() + "." + called.getName()));
            }
        }
        // the one that makes callers out of tokens, and a reader of numbers
        assertThat(nameless).containsExactly("CallerService.verify", "EffectService.days");
    }

    private static boolean service(JavaClass type) {
        return type.getPackageName().startsWith("org.countersign.core")
                && (type.isAnnotatedWith(Stateless.class) || type.isAnnotatedWith(Singleton.class));
    }
}
