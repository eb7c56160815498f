package org.holdfast.manager.attributes;

import static org.assertj.core.api.Assertions.assertThat;

import org.holdfast.kernel.NodeId;
import org.junit.jupiter.api.Test;

class AttributeTableTest {

    @Test
    void valuesAreCountedAsAttrdUpdaterDoes() {
        assertThat(AttributeTable.expand("value++", null)).isEqualTo("1");
        assertThat(AttributeTable.expand("value++", "2")).isEqualTo("3");
        assertThat(AttributeTable.expand("value+=5", "2")).isEqualTo("7");
        assertThat(AttributeTable.expand("value+=-3", "2")).isEqualTo("-1");
        assertThat(AttributeTable.expand("value++", "INFINITY")).isEqualTo("INFINITY");
        assertThat(AttributeTable.expand("value++", "abc")).isEqualTo("1");
        assertThat(AttributeTable.expand("red", "blue")).isEqualTo("red");
    }

    @Test
    void whatIsKnownOfANodeIsForgottenAsAWhole() {
        AttributeTable table = new AttributeTable();
        table.set("a", new NodeId(1), "x");
        table.set("a", new NodeId(2), "y");
        table.set("b", new NodeId(1), "z");
        table.forget(new NodeId(1));

        assertThat(table.values("a")).containsOnlyKeys(new NodeId(2));
        assertThat(table.values("b")).isEmpty();
    }
}
