package org.holdfast.node.badinput;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.holdfast.kernel.SeededRandom;
import org.jspecify.annotations.Nullable;

/**
 * Documents to damage: a few of our own, and those of the conformance corpora where these are
 * there.
 */
final class Corpus {

    private static final int BYTES_MAX = 120_000;

    private static final List<String> OWN =
            List.of(
                    """
                    <cib crm_feature_set="3.20.0" validate-with="pacemaker-4.0" epoch="7" num_updates="3" admin_epoch="0" cib-last-written="Mon Jan  6 10:00:00 2020" have-quorum="1" dc-uuid="1">
                      <configuration>
                        <crm_config>
                          <cluster_property_set id="p">
                            <nvpair id="p-1" name="fencing-enabled" value="false"/>
                            <nvpair id="p-2" name="cluster-name" value="caf\u00e9 &amp; &lt;b&gt;"/>
                          </cluster_property_set>
                        </crm_config>
                        <nodes>
                          <node id="1" uname="n1"><instance_attributes id="n1-a"><nvpair id="n1-a-1" name="site" value="a"/></instance_attributes></node>
                          <node id="2" uname="n2"/>
                        </nodes>
                        <resources>
                          <template id="T" class="ocf" provider="pacemaker" type="Dummy"/>
                          <primitive id="A" template="T">
                            <meta_attributes id="A-m"><nvpair id="A-m-1" name="priority" value="5"/><rule id="A-m-r" score="INFINITY"><date_expression id="A-m-r-d" operation="in_range" start="2020-01-01" end="2099-01-01"/></rule></meta_attributes>
                            <operations><op id="A-mon" name="monitor" interval="10s" timeout="20s"/></operations>
                          </primitive>
                          <!-- a group in a clone -->
                          <clone id="C"><meta_attributes id="C-m"><nvpair id="C-m-1" name="promotable" value="true"/></meta_attributes>
                            <group id="G"><primitive id="G1" class="ocf" provider="pacemaker" type="Stateful"/><primitive id="G2" class="ocf" provider="pacemaker" type="Dummy"/></group>
                          </clone>
                          <bundle id="B"><podman image="i" replicas="2"/><network ip-range-start="192.168.1.1" control-port="3121"><port-mapping id="B-p" port="80"/></network><primitive id="B1" class="ocf" provider="heartbeat" type="apache"/></bundle>
                        </resources>
                        <constraints>
                          <rsc_location id="l" rsc="A"><rule id="r" score="5" boolean-op="and"><expression id="e" attribute="#uname" operation="eq" value="n1"/><date_expression id="d" operation="date_spec"><date_spec id="ds" hours="9-16" weekdays="1-5"/></date_expression></rule></rsc_location>
                          <rsc_colocation id="c" rsc="A" with-rsc="C" with-rsc-role="Promoted" score="INFINITY"/>
                          <rsc_order id="o" first="A" then="C" kind="Optional"/>
                          <rsc_order id="os"><resource_set id="os-1" sequential="false"><resource_ref id="A"/><resource_ref id="G"/></resource_set><resource_set id="os-2"><resource_ref id="B"/></resource_set></rsc_order>
                          <rsc_ticket id="t" rsc="A" ticket="T1" loss-policy="stop"/>
                        </constraints>
                        <tags><tag id="tag"><obj_ref id="A"/><obj_ref id="C"/></tag></tags>
                        <acls><acl_role id="ro"><acl_permission id="ro-1" kind="read" xpath="/cib"/></acl_role><acl_target id="joe"><role id="ro"/></acl_target></acls>
                        <fencing-topology><fencing-level id="f" target="n1" index="1" devices="A"/></fencing-topology>
                        <alerts><alert id="al" path="/bin/true"><recipient id="al-1" value="x"/></alert></alerts>
                        <rsc_defaults><meta_attributes id="rd"><nvpair id="rd-1" name="resource-stickiness" value="10"/></meta_attributes></rsc_defaults>
                      </configuration>
                      <status>
                        <node_state id="1" uname="n1" in_ccm="1577836800" crmd="1577836800" join="member" expected="member">
                          <transient_attributes id="1"><instance_attributes id="status-1"><nvpair id="status-1-f" name="fail-count-A#monitor_10000" value="2"/></instance_attributes></transient_attributes>
                          <lrm id="1"><lrm_resources><lrm_resource id="A" class="ocf" provider="pacemaker" type="Dummy"><lrm_rsc_op id="A_last_0" operation_key="A_start_0" operation="start" crm_feature_set="3.20.0" transition-key="3:1:0:11111111-2222-3333-4444-555555555555" transition-magic="0:0;3:1:0:11111111-2222-3333-4444-555555555555" on_node="n1" call-id="5" rc-code="0" op-status="0" interval="0" last-rc-change="1577836800" exec-time="10" queue-time="0" op-digest="f2317cad3d54cec5d7d7aa7d0bf35cf8"/></lrm_resource></lrm_resources></lrm>
                        </node_state>
                      </status>
                    </cib>
                    """,
                    """
                    <?xml version="1.0"?>
                    <cib crm_feature_set="3.0.9" validate-with="pacemaker-2.0" epoch="4" num_updates="0" admin_epoch="1">
                      <configuration>
                        <crm_config><cluster_property_set id="p"><nvpair id="p1" name="stonith-enabled" value="0"/><nvpair id="p2" name="default-resource-stickiness" value="100"/></cluster_property_set></crm_config>
                        <nodes><node id="1" uname="n1" type="normal"/></nodes>
                        <resources>
                          <master id="M"><meta_attributes id="M-m"><nvpair id="M-m1" name="master-max" value="1"/></meta_attributes><primitive id="M1" class="ocf" provider="pacemaker" type="Stateful"><operations><op id="op1" name="monitor" interval="5" requires="nothing"/></operations></primitive></master>
                        </resources>
                        <constraints><rsc_location id="l" rsc="M" node="n1" score="-INFINITY"/></constraints>
                      </configuration>
                      <status/>
                    </cib>
                    """,
                    """
                    <cib validate-with="pacemaker-1.0" epoch="1" num_updates="1" admin_epoch="0"><configuration><crm_config/><nodes/><resources><primitive id="x" class="lsb" type="y"><instance_attributes id="x-a"><nvpair id="x-a1" name="n" value="v"/></instance_attributes></primitive></resources><constraints/><acls><acl_role id="r"><read id="r1" xpath="//primitive"/></acl_role></acls></configuration><status/></cib>
                    """,
                    """
                    <diff format="2"><version><source admin_epoch="0" epoch="7" num_updates="3"/><target admin_epoch="0" epoch="8" num_updates="0"/></version><change operation="modify" path="/cib"><change-list><change-attr name="epoch" operation="set" value="8"/><change-attr name="num_updates" operation="set" value="0"/></change-list><change-result><cib crm_feature_set="3.20.0" validate-with="pacemaker-4.0" epoch="8" num_updates="0" admin_epoch="0"/></change-result></change><change operation="create" path="/cib/configuration/resources" position="1"><primitive id="N" class="ocf" provider="pacemaker" type="Dummy"/></change><change operation="delete" path="/cib/configuration/constraints/rsc_order[@id='o']"/><change operation="move" path="/cib/configuration/resources/clone[@id='C']" position="0"/></diff>
                    """);

    private final List<byte[]> documents = new ArrayList<>();

    Corpus() {
        OWN.forEach(text -> documents.add(text.getBytes(UTF_8)));
        Path shared = shared();
        if (shared != null) {
            addAll(shared.resolve("scheduler/xml"), ".xml");
            addAll(shared.resolve("crm/blobs"), "");
        }
    }

    /** The directory of the conformance corpora, or null. */
    private static @Nullable Path shared() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = at.resolveSibling("shared").resolve("conformance");
            if (Files.isDirectory(found)) {
                return found;
            }
        }
        return null;
    }

    private void addAll(Path directory, String ending) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                if (file.toString().endsWith(ending) && Files.size(file) <= BYTES_MAX) {
                    byte[] content = Files.readAllBytes(file);
                    if (looksLikeXml(content)) {
                        documents.add(content);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean looksLikeXml(byte[] content) {
        String start = new String(content, 0, Math.min(content.length, 600), UTF_8);
        return start.contains("<cib") || start.contains("<diff") || start.contains("<patch");
    }

    /** The first of our own: what most commands are meant for. */
    static byte[] sound() {
        return OWN.getFirst().getBytes(UTF_8);
    }

    /** A difference that fits it, but for the version. */
    static byte[] patch() {
        return OWN.getLast().getBytes(UTF_8);
    }

    int size() {
        return documents.size();
    }

    /** A document; half of the time one of ours, as the others are many. */
    byte[] any(SeededRandom random) {
        int among = random.chance(0.4) ? OWN.size() : documents.size();
        return documents.get(random.nextInt(among));
    }
}
