package org.holdfast.tools.mon;

import org.holdfast.cib.document.Text;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.tools.crm.frame.HtmlOutput;
import org.holdfast.tools.status.OutputLists;

/** Status lists in HTML: resources have colours. */
final class HtmlLists extends OutputLists {

    private final HtmlOutput out;

    HtmlLists(HtmlOutput out) {
        super(out);
        this.out = out;
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
}
