package org.holdfast.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A core must behave the same in the simulator and in production: same state, same input, same
 * time, same effects.
 */
class DeterministicCoreTest {

    private static final String BECAUSE =
            "a core must behave the same in the simulator and in production";

    private static void check(ArchRule rule) {
        rule.because(BECAUSE).allowEmptyShould(true).check(Code.ALL);
    }

    private static DescribedPredicate<JavaCall<?>> callTo(Class<?> owner, String... names) {
        List<String> wanted = List.of(names);
        return describe(
                "call to " + owner.getSimpleName() + "." + wanted,
                call -> {
                    AccessTarget target = call.getTarget();
                    return target.getOwner().isEquivalentTo(owner)
                            && (wanted.isEmpty() || wanted.contains(target.getName()));
                });
    }

    @Test
    void usesNoInputOrOutput() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(Code.CORE_WITHOUT_CODEC)
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage(
                                                "java.io..",
                                                "java.net..",
                                                "java.nio.channels..",
                                                "java.nio.file..",
                                                "java.lang.foreign..",
                                                "org.slf4j..",
                                                "ch.qos.logback..")
                                        .and(
                                                DescribedPredicate.not(
                                                        assignableTo(java.io.Serializable.class)))
                                        .and(
                                                DescribedPredicate.not(
                                                        assignableTo(Throwable.class)))));
    }

    @Test
    void theXmlCodecTouchesNoFileOrSocket() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("org.holdfast.cibxml..")
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage(
                                        "java.net..",
                                        "java.nio.channels..",
                                        "java.nio.file..",
                                        "java.lang.foreign..",
                                        "org.slf4j.."))
                        .orShould()
                        .dependOnClassesThat(assignableTo(java.io.File.class)));
    }

    @Test
    void usesNoThreadsOrLocks() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(Code.CORE)
                        .should()
                        .dependOnClassesThat(resideInAPackage("java.util.concurrent.."))
                        .orShould()
                        .dependOnClassesThat(assignableTo(Thread.class))
                        .orShould()
                        .dependOnClassesThat(assignableTo(ThreadLocal.class)));
        check(
                noFields()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideInAnyPackage(Code.CORE)
                        .should()
                        .haveModifier(JavaModifier.VOLATILE));
        check(
                noMethods()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideInAnyPackage(Code.CORE)
                        .should()
                        .haveModifier(JavaModifier.SYNCHRONIZED));
    }

    @Test
    void readsNoClockEnvironmentOrRandomness() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(Code.CORE)
                        .should()
                        .callCodeUnitWhere(
                                callTo(
                                        System.class,
                                        "nanoTime",
                                        "currentTimeMillis",
                                        "getProperty",
                                        "getenv",
                                        "exit",
                                        "identityHashCode")));
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(Code.CORE)
                        .should()
                        .callCodeUnitWhere(callTo(java.time.Instant.class, "now"))
                        .orShould()
                        .callCodeUnitWhere(callTo(java.time.LocalDateTime.class, "now"))
                        .orShould()
                        .callCodeUnitWhere(callTo(java.time.ZonedDateTime.class, "now"))
                        .orShould()
                        .callCodeUnitWhere(callTo(java.time.LocalDate.class, "now"))
                        .orShould()
                        .callCodeUnitWhere(callTo(java.time.ZoneId.class, "systemDefault")));
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(Code.CORE)
                        .should()
                        .dependOnClassesThat(assignableTo(java.util.random.RandomGenerator.class))
                        .orShould()
                        .dependOnClassesThat(assignableTo(java.time.Clock.class))
                        .orShould()
                        .dependOnClassesThat(assignableTo(java.util.UUID.class)));
    }

    @Test
    void hasNoCollectionWhoseOrderChangesBetweenRuns() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(Code.CORE)
                        .should()
                        .callConstructorWhere(
                                describe(
                                        "new HashMap or HashSet",
                                        call ->
                                                call.getTargetOwner()
                                                                .isEquivalentTo(
                                                                        java.util.HashMap.class)
                                                        || call.getTargetOwner()
                                                                .isEquivalentTo(
                                                                        java.util.HashSet.class)
                                                        || call.getTargetOwner()
                                                                .isEquivalentTo(
                                                                        java.util.IdentityHashMap
                                                                                .class))));
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(Code.CORE)
                        .should()
                        .callCodeUnitWhere(iterationOf(Set.class, Map.class)));
    }

    /** Immutable sets and maps are fine to ask; to copy one is to lose its order. */
    private static DescribedPredicate<JavaCall<?>> iterationOf(Class<?>... owners) {
        List<Class<?>> all = List.of(owners);
        return describe(
                "Set.copyOf or Map.copyOf",
                call ->
                        call.getTarget().getName().equals("copyOf")
                                && all.stream()
                                        .anyMatch(owner ->
                                                call.getTargetOwner().isEquivalentTo(owner)));
    }

    @Test
    void keepsNoStateInStatics() {
        check(
                fields().that()
                        .areDeclaredInClassesThat()
                        .resideInAnyPackage(Code.CORE)
                        .and()
                        .areStatic()
                        .should()
                        .beFinal());
    }

    @Test
    void neverPrints() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(Code.CORE)
                        .should()
                        .accessField(System.class, "out")
                        .orShould()
                        .accessField(System.class, "err"));
        check(
                methods()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideInAnyPackage(Code.CORE)
                        .should()
                        .notHaveRawReturnType(java.io.PrintStream.class));
    }
}
