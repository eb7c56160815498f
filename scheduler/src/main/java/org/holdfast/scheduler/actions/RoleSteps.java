package org.holdfast.scheduler.actions;

import org.holdfast.scheduler.model.Role;

/**
 * The way from one role to another: a resource passes through the roles between. An instance that
 * is promoted is demoted before it stops; one that starts is unpromoted before it is promoted.
 */
final class RoleSteps {

    /** What takes a resource from one role to the next. */
    enum Step {
        NONE,
        START,
        STOP,
        PROMOTE,
        DEMOTE,
        /** No way leads there; does nothing. */
        IMPOSSIBLE
    }

    private RoleSteps() {}

    /** The role that comes next on the way. */
    static Role next(Role from, Role to) {
        return switch (from) {
            case UNKNOWN -> to == Role.UNKNOWN ? Role.UNKNOWN : Role.STOPPED;
            case STOPPED ->
                    switch (to) {
                        case UNKNOWN, STOPPED -> Role.STOPPED;
                        case STARTED -> Role.STARTED;
                        case UNPROMOTED, PROMOTED -> Role.UNPROMOTED;
                    };
            case STARTED -> to == Role.UNKNOWN ? Role.STOPPED : to;
            case UNPROMOTED ->
                    switch (to) {
                        case UNKNOWN, STOPPED, STARTED -> Role.STOPPED;
                        case UNPROMOTED, PROMOTED -> to;
                    };
            case PROMOTED ->
                    switch (to) {
                        case UNKNOWN -> Role.STOPPED;
                        case STOPPED, STARTED, UNPROMOTED -> Role.UNPROMOTED;
                        case PROMOTED -> Role.PROMOTED;
                    };
        };
    }

    /** What leads from a role to the one that {@link #next} named. */
    static Step step(Role from, Role next) {
        return switch (from) {
            case UNKNOWN -> next == Role.STOPPED ? Step.STOP : Step.IMPOSSIBLE;
            case STOPPED ->
                    switch (next) {
                        case STOPPED -> Step.NONE;
                        case STARTED, UNPROMOTED -> Step.START;
                        case UNKNOWN, PROMOTED -> Step.IMPOSSIBLE;
                    };
            case STARTED ->
                    switch (next) {
                        case UNKNOWN -> Step.IMPOSSIBLE;
                        case STOPPED -> Step.STOP;
                        case STARTED, UNPROMOTED -> Step.NONE;
                        case PROMOTED -> Step.PROMOTE;
                    };
            case UNPROMOTED ->
                    switch (next) {
                        case UNKNOWN -> Step.IMPOSSIBLE;
                        case STOPPED, STARTED -> Step.STOP;
                        case UNPROMOTED -> Step.NONE;
                        case PROMOTED -> Step.PROMOTE;
                    };
            case PROMOTED ->
                    switch (next) {
                        case UNKNOWN -> Step.IMPOSSIBLE;
                        case STOPPED, STARTED, UNPROMOTED -> Step.DEMOTE;
                        case PROMOTED -> Step.NONE;
                    };
        };
    }
}
