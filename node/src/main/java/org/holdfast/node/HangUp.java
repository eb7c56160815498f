package org.holdfast.node;

import java.lang.reflect.Proxy;

/**
 * SIGHUP asks a daemon to open its log files anew; left to itself, the Java runtime would end the
 * process. The runtime's only interface for signals is outside of the standard, so it is found by
 * name: a runtime without it goes on as before.
 */
final class HangUp {

    private HangUp() {}

    /**
     * From now on runs this on a thread of the runtime's own for each SIGHUP.
     *
     * @return false if this runtime cannot
     */
    static boolean handle(Runnable onSignal) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours =
                    Proxy.newProxyInstance(
                            HangUp.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (self, method, arguments) ->
                                    switch (method.getName()) {
                                        case "handle" -> {
                                            onSignal.run();
                                            yield null;
                                        }
                                        case "equals" -> self == arguments[0];
                                        case "hashCode" -> System.identityHashCode(self);
                                        default -> "hang-up handler";
                                    });
            Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(null, hangUp, ours);
            return true;
        } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
            return false;
        }
    }
}
