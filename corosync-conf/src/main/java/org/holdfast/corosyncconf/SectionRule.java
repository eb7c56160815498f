package org.holdfast.corosyncconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is known about a section: its keys, the sections in it, and how it is treated. */
final class SectionRule {

    private final String name;
    private final List<KeyRule> keys = new ArrayList<>();
    private final List<SectionRule> sections = new ArrayList<>();
    private boolean anyContent;
    private String deprecation = "";
    private String ignored = "";

    SectionRule(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    List<KeyRule> keys() {
        return keys;
    }

    List<SectionRule> sections() {
        return sections;
    }

    /** Whether the section's content is not looked at, as in sections of long gone programs. */
    boolean anyContent() {
        return anyContent;
    }

    String deprecation() {
        return deprecation;
    }

    String ignored() {
        return ignored;
    }

    Optional<KeyRule> key(String key) {
        return keys.stream().filter(rule -> rule.matches(key)).findFirst();
    }

    Optional<SectionRule> section(String wanted) {
        return sections.stream().filter(rule -> rule.name().equals(wanted)).findFirst();
    }

    SectionRule apply(ValueRule value, String... names) {
        for (String key : names) {
            keys.add(new KeyRule(key, value, KeyRule.Standing.APPLIED, ""));
        }
        return this;
    }

    SectionRule ignore(String why, ValueRule value, String... names) {
        for (String key : names) {
            keys.add(new KeyRule(key, value, KeyRule.Standing.IGNORED, why));
        }
        return this;
    }

    SectionRule deprecate(String instead, ValueRule value, String... names) {
        for (String key : names) {
            keys.add(new KeyRule(key, value, KeyRule.Standing.DEPRECATED, instead));
        }
        return this;
    }

    SectionRule with(SectionRule section) {
        sections.add(section);
        return this;
    }

    SectionRule deprecatedAsWhole(String instead) {
        anyContent = true;
        deprecation = instead;
        return this;
    }

    SectionRule ignoredAsWhole(String why) {
        ignored = why;
        return this;
    }
}
