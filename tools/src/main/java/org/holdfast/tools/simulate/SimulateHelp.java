package org.holdfast.tools.simulate;

/** The text of {@code crm_simulate --help}. */
final class SimulateHelp {

    static final String TEXT =
            """
            Usage: crm_simulate [OPTION]...

            Show what the cluster would do for a CIB, and what its status would be afterwards.

            What to do
              -R, --run                 decide and show the actions
              -S, --simulate            decide, pretend to act, show the status afterwards
              -X, --in-place            like --simulate, and write the result to the input file
              -A, --show-attrs          show node attributes
              -c, --show-failcounts     show fail counts
              -s, --show-scores         show the scores of resources on nodes
              -U, --show-utilization    show utilization
              -P, --profile=DIR         time the decisions for every XML file of a directory
              -N, --repeat=N            with --profile: decide N times for each file

            What to change before
              -u, --node-up=NODE        a node comes up
              -d, --node-down=NODE      a node goes down in good order
              -f, --node-fail=NODE      a node fails
              -i, --op-inject=OPSPEC    an operation has had this result
              -F, --op-fail=OPSPEC      an operation, if it is done, fails
              -t, --set-datetime=TIME   it is this time
              -q, --quorum=BOOL         whether the partition has quorum
              -w, --watchdog=BOOL       whether there is a watchdog
              -g, --ticket-grant=TICKET, -r, --ticket-revoke=TICKET,
              -b, --ticket-standby=TICKET, -e, --ticket-activate=TICKET

            Files
              -x, --xml-file=FILE       take the CIB from a file
              -p, --xml-pipe            take the CIB from standard input
              -L, --live-check          take the CIB of the running cluster
              -I, --save-input=FILE     save the CIB that is decided for
              -O, --save-output=FILE    save the CIB after the simulation
              -G, --save-graph=FILE     save the transition graph as XML
              -D, --save-dotfile=FILE   save the transition graph for Graphviz
              -a, --all-actions         with --save-dotfile: also actions that are not done

            Other
              -Q, --quiet               show the essential only
              -V, --verbose             show more
              --output-as=FORMAT        text or xml
              --output-to=FILE          write there instead of standard output
              --batch                   answer JSON requests on standard input, one a line

            OPSPEC is RESOURCE_TASK_INTERVAL@NODE=STATUS with the interval in milliseconds and the
            agent's exit status, for example memcached_monitor_20000@bart=7.
            """;

    private SimulateHelp() {}
}
