package org.holdfast.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The simulator's judges themselves: every rejection that they can speak is taken out of their
 * code, every condition in it is turned round, one at a time, and each time one of the judges' own
 * tests must fail. A check that nothing would miss is no check.
 */
class JudgesAreJudgedTest {

    private static final List<String> TESTS =
            List.of(
                    "org.holdfast.simulator.RingChecksTest",
                    "org.holdfast.simulator.SynchronyTest");

    @ParameterizedTest
    @ValueSource(strings = {"RingChecks", "RingOrder", "Synchrony", "Synchrony$Member"})
    void noCheckCanBeTakenOut(String judge) throws ReflectiveOperationException {
        String name = "org.holdfast.simulator." + judge;
        int places = Mutant.places(name);
        List<String> unnoticed = new ArrayList<>();
        for (int place = 0; place < places; place++) {
            Mutant mutant = new Mutant(name, place);
            // Not a class that the virtual machine would reject: that would be no proof.
            Class.forName(name, true, mutant);
            if (passes(mutant)) {
                unnoticed.add(mutant.description());
            }
        }
        assertThat(places).isGreaterThan(2);
        assertThat(unnoticed).isEmpty();
    }

    /** Otherwise the test above would say nothing. */
    @Test
    void theTestsPassWithoutAMutation() throws ReflectiveOperationException {
        assertThat(passes(new Mutant("org.holdfast.simulator.RingChecks", Mutant.NOWHERE)))
                .isTrue();
    }

    private static boolean passes(ClassLoader loader) throws ReflectiveOperationException {
        for (String test : TESTS) {
            Class<?> type = loader.loadClass(test);
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            List<Method> methods =
                    Arrays.stream(type.getDeclaredMethods())
                            .filter(method -> method.isAnnotationPresent(Test.class))
                            .sorted(Comparator.comparing(Method::getName))
                            .toList();
            for (Method method : methods) {
                method.setAccessible(true);
                try {
                    method.invoke(constructor.newInstance());
                } catch (InvocationTargetException _) {
                    return false;
                }
            }
        }
        return true;
    }
}
