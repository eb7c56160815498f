package org.holdfast.node;

import java.nio.file.Path;
import org.holdfast.cib.document.Element;
import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.telemetry.Telemetry;
import org.holdfast.tools.cib.SchemaComplaints;
import org.holdfast.tools.cibinput.SharedSchemas;
import org.jspecify.annotations.Nullable;

/**
 * Makes the schema of the CIB that a node starts with ready, and says where that CIB breaks it:
 * nothing in it can be changed then but by what repairs it.
 */
final class StartingSchemas {

    private StartingSchemas() {}

    /**
     * Begins on a thread of its own: grammars take half a second to compile, too long for the loop
     * that keeps the token going.
     *
     * @param cib what was read from the directory, or null if nothing was
     */
    static void compile(@Nullable Element cib, Path directory, Telemetry telemetry) {
        Thread.ofPlatform().daemon().name("schemas").start(() -> check(cib, directory, telemetry));
    }

    private static void check(@Nullable Element cib, Path directory, Telemetry telemetry) {
        if (cib == null) {
            SharedSchemas.INSTANCE.isValid(
                    Element.of("cib", "validate-with", SharedSchemas.INSTANCE.newest()));
        } else if (!SharedSchemas.INSTANCE.isValid(cib)) {
            for (String complaint : SchemaComplaints.about(cib)) {
                telemetry.log(
                        Level.WARNING,
                        "pacemaker-based",
                        "The CIB in " + directory + " breaks its schema: " + complaint);
            }
        }
    }
}
