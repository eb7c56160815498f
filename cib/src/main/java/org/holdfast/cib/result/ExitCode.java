package org.holdfast.cib.result;

import java.util.Map;
import java.util.TreeMap;

/** Exit codes of commands, as {@code crm_error --exit} shows them. */
public final class ExitCode {

    /** OK. */
    public static final int OK = 0;

    /** Error occurred. */
    public static final int ERROR = 1;

    /** Invalid parameter. */
    public static final int INVALID_PARAM = 2;

    /** Unimplemented. */
    public static final int UNIMPLEMENT_FEATURE = 3;

    /** Insufficient privileges. */
    public static final int INSUFFICIENT_PRIV = 4;

    /** Not installed. */
    public static final int NOT_INSTALLED = 5;

    /** Not configured. */
    public static final int NOT_CONFIGURED = 6;

    /** Not running. */
    public static final int NOT_RUNNING = 7;

    /** Promoted. */
    public static final int PROMOTED = 8;

    /** Failed in promoted role. */
    public static final int FAILED_PROMOTED = 9;

    /** Incorrect usage. */
    public static final int USAGE = 64;

    /** Invalid data given. */
    public static final int DATAERR = 65;

    /** Input file not available. */
    public static final int NOINPUT = 66;

    /** User does not exist. */
    public static final int NOUSER = 67;

    /** Host does not exist. */
    public static final int NOHOST = 68;

    /** Necessary service unavailable. */
    public static final int UNAVAILABLE = 69;

    /** Internal software bug. */
    public static final int SOFTWARE = 70;

    /** Operating system error occurred. */
    public static final int OSERR = 71;

    /** System file not available. */
    public static final int OSFILE = 72;

    /** Cannot create output file. */
    public static final int CANTCREAT = 73;

    /** I/O error occurred. */
    public static final int IOERR = 74;

    /** Temporary failure, try again. */
    public static final int TEMPFAIL = 75;

    /** Protocol violated. */
    public static final int PROTOCOL = 76;

    /** Insufficient privileges. */
    public static final int NOPERM = 77;

    /** Invalid configuration. */
    public static final int CONFIG = 78;

    /** Fatal error occurred, will not respawn. */
    public static final int FATAL = 100;

    /** System panic required. */
    public static final int PANIC = 101;

    /** Not connected. */
    public static final int DISCONNECT = 102;

    /** Update was older than existing configuration. */
    public static final int OLD = 103;

    /** Digest mismatch. */
    public static final int DIGEST = 104;

    /** No such object. */
    public static final int NOSUCH = 105;

    /** Quorum required. */
    public static final int QUORUM = 106;

    /** Operation not safe. */
    public static final int UNSAFE = 107;

    /** Requested item already exists. */
    public static final int EXISTS = 108;

    /** Multiple items match request. */
    public static final int MULTIPLE = 109;

    /** Requested item has expired. */
    public static final int EXPIRED = 110;

    /** Requested item is not yet in effect. */
    public static final int NOT_YET_IN_EFFECT = 111;

    /** Could not determine status. */
    public static final int INDETERMINATE = 112;

    /** Not applicable under current conditions. */
    public static final int UNSATISFIED = 113;

    /** DC is not yet elected. */
    public static final int NO_DC = 114;

    /** Timeout occurred. */
    public static final int TIMEOUT = 124;

    /** Service is active but might fail soon. */
    public static final int DEGRADED = 190;

    /** Service is promoted but might fail soon. */
    public static final int DEGRADED_PROMOTED = 191;

    /** No exit status available. */
    public static final int NONE = 193;

    private record Row(String name, String description) {}

    private static final String[] TABLE = {
        "0|CRM_EX_OK|OK",
        "1|CRM_EX_ERROR|Error occurred",
        "2|CRM_EX_INVALID_PARAM|Invalid parameter",
        "3|CRM_EX_UNIMPLEMENT_FEATURE|Unimplemented",
        "4|CRM_EX_INSUFFICIENT_PRIV|Insufficient privileges",
        "5|CRM_EX_NOT_INSTALLED|Not installed",
        "6|CRM_EX_NOT_CONFIGURED|Not configured",
        "7|CRM_EX_NOT_RUNNING|Not running",
        "8|CRM_EX_PROMOTED|Promoted",
        "9|CRM_EX_FAILED_PROMOTED|Failed in promoted role",
        "64|CRM_EX_USAGE|Incorrect usage",
        "65|CRM_EX_DATAERR|Invalid data given",
        "66|CRM_EX_NOINPUT|Input file not available",
        "67|CRM_EX_NOUSER|User does not exist",
        "68|CRM_EX_NOHOST|Host does not exist",
        "69|CRM_EX_UNAVAILABLE|Necessary service unavailable",
        "70|CRM_EX_SOFTWARE|Internal software bug",
        "71|CRM_EX_OSERR|Operating system error occurred",
        "72|CRM_EX_OSFILE|System file not available",
        "73|CRM_EX_CANTCREAT|Cannot create output file",
        "74|CRM_EX_IOERR|I/O error occurred",
        "75|CRM_EX_TEMPFAIL|Temporary failure, try again",
        "76|CRM_EX_PROTOCOL|Protocol violated",
        "77|CRM_EX_NOPERM|Insufficient privileges",
        "78|CRM_EX_CONFIG|Invalid configuration",
        "100|CRM_EX_FATAL|Fatal error occurred, will not respawn",
        "101|CRM_EX_PANIC|System panic required",
        "102|CRM_EX_DISCONNECT|Not connected",
        "103|CRM_EX_OLD|Update was older than existing configuration",
        "104|CRM_EX_DIGEST|Digest mismatch",
        "105|CRM_EX_NOSUCH|No such object",
        "106|CRM_EX_QUORUM|Quorum required",
        "107|CRM_EX_UNSAFE|Operation not safe",
        "108|CRM_EX_EXISTS|Requested item already exists",
        "109|CRM_EX_MULTIPLE|Multiple items match request",
        "110|CRM_EX_EXPIRED|Requested item has expired",
        "111|CRM_EX_NOT_YET_IN_EFFECT|Requested item is not yet in effect",
        "112|CRM_EX_INDETERMINATE|Could not determine status",
        "113|CRM_EX_UNSATISFIED|Not applicable under current conditions",
        "114|CRM_EX_NO_DC|DC is not yet elected",
        "124|CRM_EX_TIMEOUT|Timeout occurred",
        "190|CRM_EX_DEGRADED|Service is active but might fail soon",
        "191|CRM_EX_DEGRADED_PROMOTED|Service is promoted but might fail soon",
        "193|CRM_EX_NONE|No exit status available"
    };

    private static final Map<Integer, Row> ROWS = rows();

    private ExitCode() {}

    private static Map<Integer, Row> rows() {
        Map<Integer, Row> rows = new TreeMap<>();
        for (String line : TABLE) {
            String[] parts = line.split("\\|");
            rows.put(Integer.valueOf(parts[0]), new Row(parts[1], parts[2]));
        }
        return rows;
    }

    /** The code's name, {@code CRM_EX_UNKNOWN} if it has none. */
    public static String name(int code) {
        Row row = ROWS.get(code);
        return row == null ? "CRM_EX_UNKNOWN" : row.name;
    }

    /** What the code means, for people. */
    public static String describe(int code) {
        Row row = ROWS.get(code);
        if (row != null) {
            return row.description;
        }
        if (code == 255) {
            return "Error occurred";
        }
        return code > 128 && code < 255 ? "Interrupted by signal" : "Unknown exit status";
    }

    /** The exit code that comes closest to a return code. Numbers are Linux's system errors. */
    static int of(int rc) {
        return switch (rc) {
            case Rc.OK, Rc.NO_OUTPUT -> OK;
            case Rc.NO_QUORUM -> QUORUM;
            case Rc.OLD_DATA -> OLD;
            case Rc.CIB_CORRUPT, Rc.SCHEMA_VALIDATION, Rc.TRANSFORM_FAILED, Rc.UNPACK_ERROR ->
                    CONFIG;
            case Rc.BAD_NVPAIR -> INVALID_PARAM;
            case 13 -> INSUFFICIENT_PRIV;
            case 9, 22, 14, 38, 75, Rc.UNDERFLOW, Rc.COMPRESSION, Rc.CS_INTERNAL -> SOFTWARE;
            case 74, 90, 42, 92, 71, 93, 91 -> PROTOCOL;
            case 70, 12 -> OSERR;
            case 103, 111, 104, 107 -> DISCONNECT;
            case 17, Rc.ALREADY -> EXISTS;
            case 5, Rc.DOT_ERROR, Rc.GRAPH_ERROR -> IOERR;
            case 95 -> UNIMPLEMENT_FEATURE;
            case 76, Rc.MULTIPLE -> MULTIPLE;
            case 19, 2, 6, Rc.NO_TRANSACTION, Rc.UNKNOWN_FORMAT -> NOSUCH;
            case Rc.NODE_UNKNOWN, Rc.NS_RESOLUTION -> NOHOST;
            case 62, 110 -> TIMEOUT;
            case 11, 16 -> UNSATISFIED;
            case Rc.BEFORE_RANGE -> NOT_YET_IN_EFFECT;
            case Rc.AFTER_RANGE -> EXPIRED;
            case Rc.UNDETERMINED -> INDETERMINATE;
            case Rc.OP_UNSATISFIED -> UNSATISFIED;
            case Rc.WITHIN_RANGE -> OK;
            case Rc.NO_INPUT -> NOINPUT;
            case Rc.DUPLICATE_ID -> MULTIPLE;
            case Rc.BAD_INPUT, Rc.BAD_XML_PATCH -> DATAERR;
            case Rc.NO_DC -> NO_DC;
            case Rc.DIGEST_MISMATCH -> DIGEST;
            default -> ERROR;
        };
    }
}
