package org.holdfast.tools.mon;

import org.holdfast.cib.time.LocalZone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.tools.crm.frame.HtmlOutput;
import org.holdfast.tools.status.FailureList;
import org.holdfast.tools.status.ResourceSection;
import org.holdfast.tools.status.StatusView;

/** The whole output in HTML. */
final class HtmlStatus {

    private final Cluster cluster;
    private final HtmlOutput out;
    private final StatusView view;
    private final SectionChoice sections;
    private final LocalZone zone;
    private final LiveFacts live;

    HtmlStatus(
            Cluster cluster,
            HtmlOutput out,
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
        HtmlLists lists = new HtmlLists(out);
        HtmlNodes nodes = new HtmlNodes(cluster, out, view);
        new HtmlSummary(Summary.of(cluster, live), out).show(sections, view, now);
        if (sections.shows(Section.NODES) && !view.nodes().isNone()) {
            nodes.show();
        }
        if (sections.shows(Section.RESOURCES)) {
            ResourceSection.show(cluster, lists, view, true, false);
        }
        if (sections.shows(Section.ATTRIBUTES)) {
            nodes.attributes();
        }
        if (sections.shows(Section.OPERATIONS) || sections.shows(Section.FAILCOUNTS)) {
            HistorySection.show(
                    cluster,
                    view,
                    sections.shows(Section.OPERATIONS),
                    new HistorySection.ListWriter(lists, view, zone, ""));
        }
        if (sections.shows(Section.FAILURES)) {
            FailureList.show(cluster, lists, view, false);
        }
        FencingSection fencing = FencingSection.of(live.fencing(), view, zone, sections);
        if (sections.shows(Section.FENCING_FAILED)) {
            fencing.failed(lists, false);
        }
        fencing.rest(lists, sections, false);
        if (sections.shows(Section.TICKETS) && !cluster.tickets.isEmpty()) {
            ListStatus.tickets(cluster, lists, zone);
        }
        if (sections.shows(Section.BANS)) {
            ListStatus.bans(cluster, lists, view, sections.banPrefix(), false);
        }
    }
}
