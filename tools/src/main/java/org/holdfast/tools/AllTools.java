package org.holdfast.tools;

/** The one list of every command that this program answers to. */
public final class AllTools {

    private AllTools() {}

    /** A registry of all commands. */
    public static ToolRegistry registry() {
        return ToolRegistry.builder().build();
    }
}
