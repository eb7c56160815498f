package org.holdfast.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.holdfast.totem.cpg.GroupFaults;
import org.holdfast.totem.layer.LayerFaults;
import org.holdfast.totem.quorum.QuorumFaults;
import org.holdfast.totem.ring.MembershipFaults;
import org.holdfast.totem.ring.OrderFaults;
import org.holdfast.wire.totem.LengthFaults;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault that rings had is put into our code, and the simulator finds it: the same check
 * passes without the fault and fails with it, for the reason that the fault names.
 */
class HistoricalFaultsTest {

    private static final List<Class<?>> HOLDERS =
            List.of(
                    MembershipFaults.class,
                    OrderFaults.class,
                    LayerFaults.class,
                    GroupFaults.class,
                    QuorumFaults.class,
                    LengthFaults.class);

    /** Checks that need not be seen to pass again. */
    private static final Set<String> PASSED_WITHOUT = new HashSet<>();

    static Stream<Class<?>> faults() {
        return HOLDERS.stream()
                .flatMap(holder -> Arrays.stream(holder.getDeclaredClasses()))
                .filter(type -> type.isAnnotationPresent(Historical.class))
                .sorted(
                        Comparator.<Class<?>>comparingInt(type -> of(type).numbers()[0])
                                .thenComparing(Class::getName));
    }

    private static Historical of(Class<?> fault) {
        return fault.getAnnotation(Historical.class);
    }

    static Stream<Named<Class<?>>> namedFaults() {
        return faults().map(fault ->
                Named.of(
                        Arrays.toString(of(fault).numbers()) + " " + fault.getSimpleName(), fault));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("namedFaults")
    void theFaultIsCaughtAndNothingElse(Class<?> fault) {
        Historical historical = of(fault);
        if (PASSED_WITHOUT.add(historical.check())) {
            Throwable without = run(fault.getClassLoader(), historical.check());
            if (without != null) {
                fail("fails without the fault", without);
            }
        }
        PatchedCode patched = new PatchedCode(fault);

        Throwable failure = run(patched, historical.check());

        assertThat(patched.unused())
                .as("replacements of " + fault.getSimpleName() + " without a place")
                .isEmpty();
        assertThat(failure).as("failure with the fault " + fault.getSimpleName()).isNotNull();
        assertThat(historical.caughtBy())
                .as(failure.toString())
                .anyMatch(failure.toString()::contains);
    }

    /** The table says of each fault how it is put in, or why there is nothing to put in. */
    @Test
    void theTableInTheDocumentationIsTrue() throws IOException {
        Map<Integer, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/ring-failures.md"))) {
            String[] cells = line.split("\\|");
            if (cells.length > 2 && cells[1].strip().matches("[0-9]+")) {
                rows.put(Integer.parseInt(cells[1].strip()), line);
            }
        }
        assertThat(rows.keySet())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 34).boxed().toList());
        faults().forEach(fault -> {
            for (int number : of(fault).numbers()) {
                assertThat(rows.get(number))
                        .contains("`" + fault.getSimpleName() + "`")
                        .contains("`" + of(fault).check().replaceFirst(".*\\.", "") + "`");
            }
        });
        Set<Integer> shown = new HashSet<>();
        faults().forEach(fault -> Arrays.stream(of(fault).numbers()).forEach(shown::add));
        rows.forEach((number, row) -> {
            if (!shown.contains(number)) {
                assertThat(row).as("number " + number).contains("cannot occur");
            }
        });
    }

    /** Runs a check in the classes of a loader; answers how it failed, or null. */
    private static @Nullable Throwable run(ClassLoader loader, String check) {
        int dot = check.indexOf('.');
        try {
            Class<?> type = loader.loadClass("org.holdfast.simulator." + check.substring(0, dot));
            Method method = type.getDeclaredMethod(check.substring(dot + 1));
            method.setAccessible(true);
            Object object = null;
            if (!Modifier.isStatic(method.getModifiers())) {
                Constructor<?> constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                object = constructor.newInstance();
            }
            method.invoke(object);
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("no check " + check, e);
        }
    }
}
