package org.holdfast.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Who may know whom, and where the dangerous things live. */
class LevelsTest {

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(Code.ALL);
    }

    @Test
    void levelsDependDownwardsOnly() {
        check(
                layeredArchitecture()
                        .consideringOnlyDependenciesInLayers()
                        .withOptionalLayers(true)
                        .layer("L0")
                        .definedBy("org.holdfast.kernel..")
                        .layer("L1")
                        .definedBy(
                                "org.holdfast.wire..",
                                "org.holdfast.cib..",
                                "org.holdfast.cibxml..",
                                "org.holdfast.corosyncconf..",
                                "org.holdfast.controlapi..")
                        .layer("L2")
                        .definedBy(
                                "org.holdfast.totem..",
                                "org.holdfast.scheduler..",
                                "org.holdfast.manager..")
                        .layer("L3")
                        .definedBy(
                                "org.holdfast.linux..",
                                "org.holdfast.transport..",
                                "org.holdfast.storage..",
                                "org.holdfast.agents..",
                                "org.holdfast.telemetry..")
                        .layer("L4")
                        .definedBy(
                                "org.holdfast.tools..", "org.holdfast.node..", "org.holdfast.cli..")
                        .layer("T")
                        .definedBy("org.holdfast.testkit..", "org.holdfast.simulator..")
                        .whereLayer("L4")
                        .mayNotBeAccessedByAnyLayer()
                        .whereLayer("L3")
                        .mayOnlyBeAccessedByLayers("L4")
                        .whereLayer("L2")
                        .mayOnlyBeAccessedByLayers("L3", "L4", "T")
                        .whereLayer("T")
                        .mayOnlyBeAccessedByLayers("L4"));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("org.holdfast.(**)").should().beFreeOfCycles());
    }

    @Test
    void onlyLinuxUsesTheForeignFunctionInterface() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("org.holdfast.linux..")
                        .should()
                        .dependOnClassesThat(resideInAPackage("java.lang.foreign..")));
    }

    @Test
    void onlyAgentsAndTheDemoStartProcesses() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                "org.holdfast.agents..",
                                "org.holdfast.cli..",
                                "org.holdfast.linux..")
                        .should()
                        .dependOnClassesThat(
                                DescribedPredicate.<JavaClass>describe(
                                        "start processes",
                                        c -> c.isEquivalentTo(ProcessBuilder.class))));
    }

    @Test
    void onlyTheCodecParsesXml() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("org.holdfast.cibxml..")
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage(
                                        "javax.xml..",
                                        "org.xml.sax..",
                                        "org.w3c.dom..",
                                        "com.ctc.wstx..",
                                        "com.thaiopensource..")));
    }

    @Test
    void onlyTheCompositionRootsHaveAMain() {
        check(
                methods()
                        .that()
                        .haveName("main")
                        .and()
                        .areStatic()
                        .should()
                        .beDeclaredInClassesThat(
                                resideInAnyPackage("org.holdfast.node..", "org.holdfast.cli..")));
    }
}
