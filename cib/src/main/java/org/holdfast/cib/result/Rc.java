package org.holdfast.cib.result;

/**
 * Return codes: 0, a system error number (positive), or one of Pacemaker's own codes (negative).
 * Names and descriptions are those that {@code crm_error --rc} shows.
 */
public final class Rc {

    /** Success. */
    public static final int OK = 0;

    /** Operation not permitted. */
    public static final int EPERM = 1;

    /** No such file or directory. */
    public static final int ENOENT = 2;

    /** Input/output error. */
    public static final int EIO = 5;

    /** No such device or address. */
    public static final int ENXIO = 6;

    /** Resource temporarily unavailable. */
    public static final int EAGAIN = 11;

    /** Cannot allocate memory. */
    public static final int ENOMEM = 12;

    /** Permission denied. */
    public static final int EACCES = 13;

    /** Device or resource busy. */
    public static final int EBUSY = 16;

    /** File exists. */
    public static final int EEXIST = 17;

    /** No such device. */
    public static final int ENODEV = 19;

    /** Invalid argument. */
    public static final int EINVAL = 22;

    /** No message of desired type. */
    public static final int ENOMSG = 42;

    /** Operation not supported. */
    public static final int EOPNOTSUPP = 95;

    /** Protocol error. */
    public static final int EPROTO = 71;

    /** Protocol not supported. */
    public static final int EPROTONOSUPPORT = 93;

    /** Transport endpoint is not connected. */
    public static final int ENOTCONN = 107;

    /** Nobody listens there. */
    public static final int ECONNREFUSED = 111;

    /** Connection timed out. */
    public static final int ETIMEDOUT = 110;

    /** Name not unique on network. */
    public static final int ENOTUNIQ = 76;

    /** No data available. */
    public static final int ENODATA = 61;

    /** File too large: a CIB would get an element beyond the limits of what can be read again. */
    public static final int EFBIG = 27;

    /** Timer expired: an XPath takes too much work. */
    public static final int ETIME = 62;

    /** Numerical result out of range. */
    public static final int ERANGE = 34;

    /** Function not implemented. */
    public static final int ENOSYS = 38;

    /** Error. */
    public static final int ERROR = -1001;

    /** Unknown output format. */
    public static final int UNKNOWN_FORMAT = -1002;

    /** Bad name/value pair given. */
    public static final int BAD_NVPAIR = -1003;

    /** Already in requested state. */
    public static final int ALREADY = -1004;

    /** Node not found. */
    public static final int NODE_UNKNOWN = -1005;

    /** Resource active on multiple nodes. */
    public static final int MULTIPLE = -1006;

    /** Could not parse on-disk configuration. */
    public static final int CIB_CORRUPT = -1007;

    /** Could not save new configuration to disk. */
    public static final int CIB_SAVE = -1008;

    /** Could not archive previous configuration. */
    public static final int CIB_BACKUP = -1009;

    /** On-disk configuration was manually modified. */
    public static final int CIB_MODIFIED = -1010;

    /** Application of update diff failed, requesting full refresh. */
    public static final int DIFF_RESYNC = -1011;

    /** Application of update diff failed. */
    public static final int DIFF_FAILED = -1012;

    /** Update was older than existing configuration. */
    public static final int OLD_DATA = -1013;

    /** Schema transform failed. */
    public static final int TRANSFORM_FAILED = -1014;

    /** Schema is already the latest available. */
    public static final int SCHEMA_UNCHANGED = -1015;

    /** Update does not conform to the configured schema. */
    public static final int SCHEMA_VALIDATION = -1016;

    /** Operation requires quorum. */
    public static final int NO_QUORUM = -1017;

    /** IPC server is blocked by unauthorized process. */
    public static final int IPC_UNAUTHORIZED = -1018;

    /** IPC server is unresponsive. */
    public static final int IPC_UNRESPONSIVE = -1019;

    /** IPC server process is active but not accepting connections. */
    public static final int IPC_PID_ONLY = -1020;

    /** Not applicable under current conditions. */
    public static final int OP_UNSATISFIED = -1021;

    /** Result undetermined. */
    public static final int UNDETERMINED = -1022;

    /** Result occurs before given range. */
    public static final int BEFORE_RANGE = -1023;

    /** Result occurs within given range. */
    public static final int WITHIN_RANGE = -1024;

    /** Result occurs after given range. */
    public static final int AFTER_RANGE = -1025;

    /** Output message produced no output. */
    public static final int NO_OUTPUT = -1026;

    /** Input file not available. */
    public static final int NO_INPUT = -1027;

    /** Value too small to be stored in data type. */
    public static final int UNDERFLOW = -1028;

    /** Error writing dot(1) file. */
    public static final int DOT_ERROR = -1029;

    /** Error writing graph file. */
    public static final int GRAPH_ERROR = -1030;

    /** Cluster simulation produced invalid transition. */
    public static final int INVALID_TRANSITION = -1031;

    /** Unable to parse CIB XML. */
    public static final int UNPACK_ERROR = -1032;

    /** Two or more XML elements have the same ID. */
    public static final int DUPLICATE_ID = -1033;

    /** Disabled. */
    public static final int DISABLED = -1034;

    /** Bad input value provided. */
    public static final int BAD_INPUT = -1035;

    /** Bad XML patch format. */
    public static final int BAD_XML_PATCH = -1036;

    /** No active transaction found. */
    public static final int NO_TRANSACTION = -1037;

    /** Nameserver resolution error. */
    public static final int NS_RESOLUTION = -1038;

    /** Compression/decompression error. */
    public static final int COMPRESSION = -1039;

    /** DC is not yet elected. */
    public static final int NO_DC = -1040;

    /** More IPC message fragments to send. */
    public static final int IPC_MORE = -1041;

    /** Internal corosync error. */
    public static final int CS_INTERNAL = -1042;

    /** Digest does not match expected value. */
    public static final int DIGEST_MISMATCH = -1043;

    private Rc() {}

    /** The code's name, {@code Unknown} if it has none. */
    public static String name(int rc) {
        return CodeTable.RC.name(rc);
    }

    /** What the code means, for people. */
    public static String describe(int rc) {
        return CodeTable.RC.describe(rc);
    }

    /** The older code of CIB replies: 0 or negative. */
    public static int toLegacy(int rc) {
        return rc >= 0 ? -rc : -CodeTable.RC.legacy(rc);
    }

    /** The code that an older one (of either sign) stands for. */
    public static int fromLegacy(int legacy) {
        return CodeTable.RC.fromLegacy(Math.abs(legacy));
    }

    /** The exit code of a command that fails with this code. */
    public static int exitCode(int rc) {
        return ExitCode.of(rc);
    }
}
