package org.holdfast.manager.controller;

import java.util.EnumSet;
import java.util.Set;

/** The controller's states by Pacemaker's names, and which may follow which. */
enum StateName {
    /** Waits for its groups, the CIB and the first quorum. */
    S_STARTING,
    /** Knows no DC and waits for one to offer a place. */
    S_PENDING,
    /** Votes. */
    S_ELECTION,
    /** Takes part under another node's lead. */
    S_NOT_DC,
    /** DC: collects members. */
    S_INTEGRATION,
    /** DC: collects the members' histories. */
    S_FINALIZE_JOIN,
    /** DC: plans. */
    S_POLICY_ENGINE,
    /** DC: carries a plan out. */
    S_TRANSITION_ENGINE,
    /** DC: nothing to do. */
    S_IDLE,
    /** Leaves. */
    S_STOPPING,
    /** Has left. */
    S_TERMINATE;

    /** Whether a node in this state leads its partition. */
    boolean isDc() {
        return switch (this) {
            case S_INTEGRATION, S_FINALIZE_JOIN, S_POLICY_ENGINE, S_TRANSITION_ENGINE, S_IDLE ->
                    true;
            case S_STARTING, S_PENDING, S_ELECTION, S_NOT_DC, S_STOPPING, S_TERMINATE -> false;
        };
    }

    /** Whether a node in this state could be elected. */
    boolean mayLead() {
        return switch (this) {
            case S_STARTING, S_STOPPING, S_TERMINATE -> false;
            default -> true;
        };
    }

    /** Whether orders other than to stop something are carried out. */
    boolean takesOrders() {
        return switch (this) {
            case S_NOT_DC, S_POLICY_ENGINE, S_TRANSITION_ENGINE, S_IDLE -> true;
            case S_STARTING,
                    S_PENDING,
                    S_ELECTION,
                    S_INTEGRATION,
                    S_FINALIZE_JOIN,
                    S_STOPPING,
                    S_TERMINATE ->
                    false;
        };
    }

    /** The states that may follow this one. */
    Set<StateName> successors() {
        return switch (this) {
            case S_STARTING -> EnumSet.of(S_PENDING, S_STOPPING);
            case S_PENDING -> EnumSet.of(S_ELECTION, S_NOT_DC, S_STOPPING);
            case S_ELECTION -> EnumSet.of(S_INTEGRATION, S_PENDING, S_STOPPING);
            case S_NOT_DC -> EnumSet.of(S_ELECTION, S_PENDING, S_STOPPING);
            case S_INTEGRATION ->
                    EnumSet.of(S_INTEGRATION, S_FINALIZE_JOIN, S_ELECTION, S_PENDING, S_STOPPING);
            case S_FINALIZE_JOIN ->
                    EnumSet.of(S_POLICY_ENGINE, S_INTEGRATION, S_ELECTION, S_PENDING, S_STOPPING);
            case S_POLICY_ENGINE ->
                    EnumSet.of(
                            S_TRANSITION_ENGINE, S_INTEGRATION, S_ELECTION, S_PENDING, S_STOPPING);
            case S_TRANSITION_ENGINE ->
                    EnumSet.of(
                            S_IDLE,
                            S_POLICY_ENGINE,
                            S_INTEGRATION,
                            S_ELECTION,
                            S_PENDING,
                            S_STOPPING);
            case S_IDLE ->
                    EnumSet.of(S_POLICY_ENGINE, S_INTEGRATION, S_ELECTION, S_PENDING, S_STOPPING);
            case S_STOPPING -> EnumSet.of(S_TERMINATE);
            case S_TERMINATE -> EnumSet.noneOf(StateName.class);
        };
    }
}
