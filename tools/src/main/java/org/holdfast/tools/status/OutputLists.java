package org.holdfast.tools.status;

import org.holdfast.tools.crm.frame.Output;
import org.jspecify.annotations.Nullable;

/** Lists on a command's output. */
public class OutputLists implements StatusLists {

    private final Output out;

    public OutputLists(Output out) {
        this.out = out;
    }

    @Override
    public void begin(String title) {
        out.beginList(null, null, title);
    }

    @Override
    public void beginUntitled() {
        out.beginList(null, null, "");
    }

    @Override
    public void item(String text) {
        out.listItem(null, text);
    }

    @Override
    public void item(@Nullable String name, String text) {
        out.listItem(name, text);
    }

    @Override
    public void end() {
        out.endList();
    }

    @Override
    public void spacer() {
        out.spacer();
    }

    @Override
    public void info(String text) {
        out.info(text);
    }
}
