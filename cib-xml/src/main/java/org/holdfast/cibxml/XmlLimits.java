package org.holdfast.cibxml;

/**
 * Bounds of what the parser accepts, so that no text can take more memory than a small multiple of
 * its own length.
 *
 * @param depthMax how deep elements may nest
 * @param attributesMax how many attributes one element may have
 * @param valueCharsMax how long one attribute value or one run of text may be, in characters
 * @param nodesMax how many elements, texts and comments a document may have
 * @param bytesMax how long the text may be, in bytes or characters
 */
public record XmlLimits(
        int depthMax, int attributesMax, int valueCharsMax, int nodesMax, int bytesMax) {

    /**
     * What libxml2 accepts by default (depth 256, values of 10 MB), and 512 MB of text. No more
     * than some 200,000 resources have nodes, as each takes some hundred bytes in memory.
     */
    public static final XmlLimits DEFAULT =
            new XmlLimits(256, 1_000, 10_000_000, 4_000_000, 512 << 20);
}
