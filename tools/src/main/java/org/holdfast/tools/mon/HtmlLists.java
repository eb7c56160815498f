package org.holdfast.tools.mon;

import org.holdfast.cib.document.Text;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.tools.status.StatusLists;
import org.jspecify.annotations.Nullable;

/** Status lists in HTML: resources have colours. */
final class HtmlLists implements StatusLists {

    private final HtmlOutput out;

    HtmlLists(HtmlOutput out) {
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
    public void primitive(Primitive resource, String text) {
        out.add("li").add("span").set("class", style(resource)).add(new Text(text));
    }

    @Override
    public void event(String kind, String text) {
        out.listItem(kind, text);
    }

    private static String style(Primitive resource) {
        if (!resource.isManaged()) {
            return "rsc-managed";
        }
        if (resource.is(ResourceFlag.FAILED) || resource.active.isEmpty()) {
            return "rsc-failed";
        }
        if (resource.active.size() > 1) {
            return "rsc-multiple";
        }
        return resource.is(ResourceFlag.IGNORE_FAILURE) ? "rsc-failure-ignored" : "rsc-ok";
    }

    @Override
    public void beginReplica(String title, boolean several) {
        if (several) {
            begin(title);
        }
    }

    @Override
    public void endReplica(boolean several) {
        if (several) {
            end();
        }
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
