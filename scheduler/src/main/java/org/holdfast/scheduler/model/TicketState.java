package org.holdfast.scheduler.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** A ticket as the status section knows it; one that no state mentions is not granted. */
public final class TicketState {

    public final String id;
    public boolean granted;
    public boolean standby;

    /** Epoch seconds, -1 if never. */
    public long lastGranted = -1;

    /** All attributes of the state, for display. */
    public final Map<String, String> attributes = new LinkedHashMap<>();

    public TicketState(String id) {
        this.id = id;
    }
}
