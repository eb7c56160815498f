package org.holdfast.tools.crm.frame;

import org.jspecify.annotations.Nullable;

/** Prints nothing, for those who want the exit code alone. */
final class NoOutput implements Output {

    @Override
    public @Nullable XmlOutput xml() {
        return null;
    }

    @Override
    public void info(String line) {}

    @Override
    public void error(String message) {}

    @Override
    public void xmlText(String name, String text) {}

    @Override
    public void beginList(@Nullable String singular, @Nullable String plural, String title) {}

    @Override
    public void listItem(@Nullable String name, String text) {}

    @Override
    public void countItem() {}

    @Override
    public void endList() {}

    @Override
    public void spacer() {}

    @Override
    public void finish(int exitCode) {}
}
