package org.holdfast.tools.xmlfile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decompresses bzip2: Huffman codes, move-to-front, Burrows-Wheeler and run lengths, block by
 * block, each with a checksum.
 */
final class Bzip2 {

    private static final long BLOCK_MAGIC = 0x314159265359L;
    private static final long END_MAGIC = 0x177245385090L;
    private static final int CODE_LENGTH_MAX = 20;
    private static final int GROUP_LENGTH = 50;
    private static final int[] CRC_TABLE = crcTable();

    private final BitReader in;
    private final int lengthMax;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Bzip2(byte[] compressed, int lengthMax) {
        this.in = new BitReader(compressed);
        this.lengthMax = lengthMax;
    }

    /**
     * The content of a file of one or more streams.
     *
     * @throws IOException if it is not bzip2, is damaged, or holds more than {@code lengthMax}
     *     bytes
     */
    static byte[] decompress(byte[] compressed, int lengthMax) throws IOException {
        Bzip2 decoder = new Bzip2(compressed, lengthMax);
        do {
            decoder.stream();
        } while (decoder.in.hasMore());
        return decoder.out.toByteArray();
    }

    private void stream() throws IOException {
        if (in.bits(8) != 'B' || in.bits(8) != 'Z' || in.bits(8) != 'h') {
            throw new IOException("not a bzip2 file");
        }
        int blockMax = (in.bits(8) - '0') * 100_000;
        if (blockMax < 100_000 || blockMax > 900_000) {
            throw damaged("block size");
        }
        int combined = 0;
        while (true) {
            long magic = ((long) in.bits(24) << 24) | in.bits(24);
            int checksum = (in.bits(16) << 16) | in.bits(16);
            if (magic == END_MAGIC) {
                if (checksum != combined) {
                    throw damaged("checksum");
                }
                in.toByteBoundary();
                return;
            }
            if (magic != BLOCK_MAGIC) {
                throw damaged("block header");
            }
            int actual = block(blockMax);
            if (actual != checksum) {
                throw damaged("checksum");
            }
            combined = Integer.rotateLeft(combined, 1) ^ actual;
        }
    }

    private static IOException damaged(String what) {
        return new IOException("damaged bzip2 file: " + what);
    }

    private int block(int blockMax) throws IOException {
        if (in.bits(1) != 0) {
            throw damaged("randomised blocks are not supported");
        }
        int origin = in.bits(24);
        byte[] symbols = usedBytes();
        byte[] last = new byte[blockMax];
        int length = huffman(symbols, last);
        if (origin >= length) {
            throw damaged("origin");
        }
        return expand(inverse(last, length), last, origin, length);
    }

    private byte[] usedBytes() throws IOException {
        int ranges = in.bits(16);
        byte[] used = new byte[256];
        int count = 0;
        for (int range = 0; range < 16; range++) {
            if ((ranges >> (15 - range) & 1) == 0) {
                continue;
            }
            int bits = in.bits(16);
            for (int i = 0; i < 16; i++) {
                if ((bits >> (15 - i) & 1) != 0) {
                    used[count++] = (byte) (range * 16 + i);
                }
            }
        }
        if (count == 0) {
            throw damaged("no symbols");
        }
        return Arrays.copyOf(used, count);
    }

    /** Decodes a block's symbols to the last column of the sorted rotations; answers its length. */
    private int huffman(byte[] symbols, byte[] last) throws IOException {
        int alphabet = symbols.length + 2;
        int tableCount = in.bits(3);
        int selectorCount = in.bits(15);
        if (tableCount < 2 || tableCount > 6 || selectorCount == 0) {
            throw damaged("tables");
        }
        int[] selectors = selectors(tableCount, selectorCount);
        Code[] codes = new Code[tableCount];
        for (int i = 0; i < tableCount; i++) {
            codes[i] = new Code(codeLengths(alphabet));
        }
        int end = alphabet - 1;
        int length = 0;
        int group = -1;
        int leftInGroup = 0;
        Code code = codes[0];
        int run = 0;
        int runUnit = 1;
        while (true) {
            if (leftInGroup == 0) {
                if (++group >= selectorCount) {
                    throw damaged("selectors");
                }
                code = codes[selectors[group]];
                leftInGroup = GROUP_LENGTH;
            }
            leftInGroup--;
            int symbol = code.next(in);
            if (symbol <= 1) {
                if (runUnit > last.length) {
                    throw damaged("run");
                }
                run += runUnit << symbol;
                runUnit <<= 1;
                continue;
            }
            if (run > last.length - length) {
                throw damaged("run");
            }
            Arrays.fill(last, length, length + run, symbols[0]);
            length += run;
            run = 0;
            runUnit = 1;
            if (symbol == end) {
                return length;
            }
            if (length >= last.length) {
                throw damaged("block too long");
            }
            last[length++] = toFront(symbols, symbol - 1);
        }
    }

    private static byte toFront(byte[] symbols, int at) {
        byte value = symbols[at];
        System.arraycopy(symbols, 0, symbols, 1, at);
        symbols[0] = value;
        return value;
    }

    private int[] selectors(int tableCount, int selectorCount) throws IOException {
        byte[] order = new byte[tableCount];
        for (int i = 0; i < tableCount; i++) {
            order[i] = (byte) i;
        }
        int[] selectors = new int[selectorCount];
        for (int i = 0; i < selectorCount; i++) {
            int at = 0;
            while (in.bits(1) != 0) {
                if (++at >= tableCount) {
                    throw damaged("selector");
                }
            }
            selectors[i] = toFront(order, at);
        }
        return selectors;
    }

    private int[] codeLengths(int alphabet) throws IOException {
        int[] lengths = new int[alphabet];
        int length = in.bits(5);
        for (int i = 0; i < alphabet; i++) {
            while (in.bits(1) != 0) {
                length += in.bits(1) == 0 ? 1 : -1;
            }
            if (length < 1 || length > CODE_LENGTH_MAX) {
                throw damaged("code length");
            }
            lengths[i] = length;
        }
        return lengths;
    }

    /** For each row of the sorted rotations, the row that its successor in the text is in. */
    private static int[] inverse(byte[] last, int length) {
        int[] starts = new int[257];
        for (int i = 0; i < length; i++) {
            starts[(last[i] & 0xff) + 1]++;
        }
        for (int i = 0; i < 256; i++) {
            starts[i + 1] += starts[i];
        }
        int[] next = new int[length];
        for (int i = 0; i < length; i++) {
            next[starts[last[i] & 0xff]++] = i;
        }
        return next;
    }

    /** Writes the text: four equal bytes are followed by a count of more. Answers its checksum. */
    private int expand(int[] next, byte[] last, int origin, int length) throws IOException {
        int crc = -1;
        int row = next[origin];
        int equal = 0;
        int previous = -1;
        for (int i = 0; i < length; i++) {
            int value = last[row] & 0xff;
            row = next[row];
            int times = 1;
            if (equal == 4) {
                times = value;
                value = previous;
                equal = 0;
                previous = -1;
            } else {
                equal = value == previous ? equal + 1 : 1;
                previous = value;
            }
            if (out.size() > lengthMax - times) {
                throw new IOException(
                        "decompressed content is longer than " + lengthMax + " bytes");
            }
            for (int n = 0; n < times; n++) {
                out.write(value);
                crc = (crc << 8) ^ CRC_TABLE[(crc >>> 24) ^ value];
            }
        }
        return ~crc;
    }

    private static int[] crcTable() {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            int crc = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
            }
            table[i] = crc;
        }
        return table;
    }

    /** A canonical Huffman code. */
    private static final class Code {

        private final int[] firstCode = new int[CODE_LENGTH_MAX + 2];
        private final int[] firstIndex = new int[CODE_LENGTH_MAX + 2];
        private final int[] counts = new int[CODE_LENGTH_MAX + 2];
        private final int[] byCode;

        Code(int[] lengths) {
            for (int length : lengths) {
                counts[length]++;
            }
            int code = 0;
            int index = 0;
            for (int length = 1; length <= CODE_LENGTH_MAX; length++) {
                code <<= 1;
                firstCode[length] = code;
                firstIndex[length] = index;
                code += counts[length];
                index += counts[length];
            }
            byCode = new int[lengths.length];
            int[] at = firstIndex.clone();
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                byCode[at[lengths[symbol]]++] = symbol;
            }
        }

        int next(BitReader in) throws IOException {
            int code = 0;
            for (int length = 1; length <= CODE_LENGTH_MAX; length++) {
                code = (code << 1) | in.bits(1);
                int offset = code - firstCode[length];
                if (offset >= 0 && offset < counts[length]) {
                    return byCode[firstIndex[length] + offset];
                }
            }
            throw damaged("code");
        }
    }

    /** Bits of a byte array, most significant first. */
    private static final class BitReader {

        private final byte[] bytes;
        private int at;
        private int left;

        BitReader(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean hasMore() {
            return at < bytes.length;
        }

        void toByteBoundary() {
            if (left > 0) {
                at++;
                left = 0;
            }
        }

        int bits(int count) throws IOException {
            int value = 0;
            for (int wanted = count; wanted > 0; ) {
                if (at >= bytes.length) {
                    throw damaged("it ends too early");
                }
                int have = left == 0 ? 8 : left;
                int take = Math.min(have, wanted);
                int part = (bytes[at] & 0xff) >> (have - take) & ((1 << take) - 1);
                value = (value << take) | part;
                wanted -= take;
                left = have - take;
                if (left == 0) {
                    at++;
                }
            }
            return value;
        }
    }
}
