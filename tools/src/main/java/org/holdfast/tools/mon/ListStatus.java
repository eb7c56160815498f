package org.holdfast.tools.mon;

import java.util.List;
import org.holdfast.cib.time.LocalZone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.TicketState;
import org.holdfast.scheduler.sorting.HashOrder;
import org.holdfast.tools.status.AttributeList;
import org.holdfast.tools.status.FailureList;
import org.holdfast.tools.status.NodeLists;
import org.holdfast.tools.status.ResourceSection;
import org.holdfast.tools.status.StatusLists;
import org.holdfast.tools.status.StatusView;

/** The whole output as text. */
final class ListStatus {

    private final Cluster cluster;
    private final StatusLists out;
    private final StatusView view;
    private final SectionChoice sections;
    private final LocalZone zone;
    private final LiveFacts live;
    private boolean any;

    ListStatus(
            Cluster cluster,
            StatusLists out,
            StatusView view,
            SectionChoice sections,
            LocalZone zone,
            LiveFacts live) {
        this.cluster = cluster;
        this.out = out;
        this.view = view;
        this.sections = sections;
        this.zone = zone;
        this.live = live;
    }

    void show(String now) {
        any = new TextSummary(Summary.of(cluster, live), out).show(sections, view, now);
        if (sections.shows(Section.NODES) && !view.nodes().isNone()) {
            any |= new NodeLists(out).show(cluster, view, any);
        }
        if (sections.shows(Section.RESOURCES)) {
            any |= ResourceSection.show(cluster, out, view, true, any);
        }
        if (sections.shows(Section.ATTRIBUTES)) {
            any |= AttributeList.show(cluster, out, view, any);
        }
        if (sections.shows(Section.OPERATIONS) || sections.shows(Section.FAILCOUNTS)) {
            any |=
                    HistorySection.show(
                            cluster,
                            view,
                            sections.shows(Section.OPERATIONS),
                            new HistorySection.ListWriter(
                                    new Spaced(out, any), view, zone, "Node: "));
        }
        if (sections.shows(Section.FAILURES)) {
            any |= FailureList.show(cluster, out, view, any);
        }
        FencingSection fencing = FencingSection.of(live.fencing(), view, zone, sections);
        if (sections.shows(Section.FENCING_FAILED)) {
            any |= fencing.failed(out, any);
        }
        if (sections.shows(Section.TICKETS)) {
            any |= tickets(any);
        }
        if (sections.shows(Section.BANS)) {
            any |= bans(cluster, out, view, sections.banPrefix(), any);
        }
        fencing.rest(out, sections, any);
    }

    private boolean tickets(boolean spacer) {
        if (cluster.tickets.isEmpty()) {
            return false;
        }
        if (spacer) {
            out.spacer();
        }
        tickets(cluster, out, zone);
        return true;
    }

    /** Shows all tickets. */
    static void tickets(Cluster cluster, StatusLists out, LocalZone zone) {
        out.begin("Tickets");
        for (String id : HashOrder.of(cluster.tickets.keySet())) {
            TicketState ticket = cluster.tickets.get(id);
            if (ticket != null) {
                out.item(
                        ticket.id
                                + "\t"
                                + (ticket.granted ? "granted" : "revoked")
                                + (ticket.standby ? " [standby]" : "")
                                + (ticket.lastGranted > -1
                                        ? " last-granted=\"" + zone.ctime(ticket.lastGranted) + "\""
                                        : ""));
            }
        }
        out.end();
    }

    /** Shows negative location constraints, behind an empty line if wanted. */
    static boolean bans(
            Cluster cluster,
            StatusLists out,
            StatusView view,
            @org.jspecify.annotations.Nullable String prefix,
            boolean spacer) {
        List<Bans.Ban> bans = Bans.of(cluster, prefix, view.resources());
        if (bans.isEmpty()) {
            return false;
        }
        if (spacer) {
            out.spacer();
        }
        out.begin("Negative Location Constraints");
        bans.forEach(ban -> out.item(ban.text(view)));
        out.end();
        return true;
    }

    /** Puts an empty line before the first list. */
    private static final class Spaced implements StatusLists {

        private final StatusLists out;
        private boolean spacer;

        Spaced(StatusLists out, boolean spacer) {
            this.out = out;
            this.spacer = spacer;
        }

        @Override
        public void begin(String title) {
            if (spacer) {
                out.spacer();
                spacer = false;
            }
            out.begin(title);
        }

        @Override
        public void beginUntitled() {
            out.beginUntitled();
        }

        @Override
        public void item(String text) {
            out.item(text);
        }

        @Override
        public void item(@org.jspecify.annotations.Nullable String name, String text) {
            out.item(name, text);
        }

        @Override
        public void end() {
            out.end();
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
}
