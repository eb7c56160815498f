package org.holdfast.scheduler.model;

import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/** A resource that an agent runs. */
public final class Primitive extends Resource {

    /** Agent class: ocf, systemd, stonith... */
    public final String agentClass;

    /** Empty if the class has none. */
    public final String provider;

    public final String agentType;

    public Primitive(
            Cluster cluster,
            String id,
            Element xml,
            Element originalXml,
            @Nullable Resource parent) {
        super(cluster, id, xml, originalXml, parent);
        this.agentClass = xml.getOr("class", "");
        this.provider = xml.getOr("provider", "");
        this.agentType = xml.getOr("type", "");
    }

    @Override
    public Role state(boolean current) {
        return current ? role : nextRole;
    }

    @Override
    public boolean isActive(boolean all) {
        for (Node node : active) {
            if (node.unclean || node.online || !isManaged()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int maxPerNode() {
        return 1;
    }
}
