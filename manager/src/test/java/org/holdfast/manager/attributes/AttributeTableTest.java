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
        AttributeTable.set(table.create("a"), new NodeId(1), "x");
        AttributeTable.set(table.create("a"), new NodeId(2), "y");
        AttributeTable.set(table.create("b"), new NodeId(1), "z");
        table.forget(new NodeId(1));

        assertThat(table.create("a").values).containsOnlyKeys(new NodeId(2));
        assertThat(table.find("b")).isNull();
    }

    @Test
    void aRemovedValueIsStillKnown() {
        AttributeTable table = new AttributeTable();
        AttributeTable.set(table.create("a"), new NodeId(1), "x");
        AttributeTable.set(table.create("a"), new NodeId(1), null);

        assertThat(table.create("a").values).isEmpty();
        assertThat(table.create("a").knows(new NodeId(1))).isTrue();
        assertThat(table.create("a").knows(new NodeId(2))).isFalse();
    }
}
