package org.holdfast.cli.demo;

import java.util.List;

/** Where the demo's nodes live: their addresses, the service's, and what must be set up for it. */
interface DemoNetwork extends AutoCloseable {

    /** Makes it ready. */
    void setUp() throws DemoException;

    /** A node's address, by its number from 1. */
    String address(int number);

    /** Words to put before a command so that it runs on that node. */
    List<String> prefix(int number);

    /** The service's address. */
    String serviceAddress();

    /** Parameters of the address resource. */
    List<String> addressParameters();

    /** Takes a node off the network, as its crash would. */
    void disconnect(int number);

    /** Removes everything that {@link #setUp} made. */
    @Override
    void close();
}
