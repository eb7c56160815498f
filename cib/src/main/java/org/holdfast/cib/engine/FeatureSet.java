package org.holdfast.cib.engine;

/** The feature set: which abilities of the cluster's messages and CIB may be used. */
public final class FeatureSet {

    /** The newest one that we know: Pacemaker 3.0.2's. */
    public static final String CURRENT = "3.20.5";

    private FeatureSet() {}
}
