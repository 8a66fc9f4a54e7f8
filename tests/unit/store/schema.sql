CREATE TABLE device (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            identity BLOB,
            cursor INTEGER NOT NULL DEFAULT 0,
            incarnation TEXT NOT NULL DEFAULT ''
        , server_now TEXT NOT NULL DEFAULT '', backed_up_through INTEGER NOT NULL DEFAULT 0, linked_at TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE incarnation (
            id TEXT PRIMARY KEY,
            reason TEXT NOT NULL,
            started_at TEXT NOT NULL) STRICT;
CREATE TABLE epoch (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE
        ) STRICT;
CREATE TABLE draft (
            id TEXT PRIMARY KEY,
            form_id TEXT NOT NULL,
            form_version TEXT NOT NULL,
            language TEXT NOT NULL,
            page_ref TEXT NOT NULL,
            xml BLOB NOT NULL,
            receipt_secret BLOB NOT NULL,
            updated_at TEXT NOT NULL
        , file_count INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE draft_file (
            draft_id TEXT NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            position INTEGER NOT NULL,
            media_type TEXT NOT NULL,
            sha256 BLOB NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (draft_id, name)
        ) STRICT;
CREATE TABLE item (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            device TEXT NOT NULL,
            incarnation TEXT NOT NULL,
            seq INTEGER NOT NULL,
            signature BLOB NOT NULL,
            identity_hash BLOB NOT NULL,
            receipt_hash BLOB NOT NULL,
            case_number TEXT NOT NULL,
            created_at TEXT NOT NULL,
            state TEXT NOT NULL,
            completed_at TEXT,
            is_listed INTEGER NOT NULL DEFAULT 0,
            must_confirm INTEGER NOT NULL DEFAULT 0,
            attempts INTEGER NOT NULL DEFAULT 0,
            last_error TEXT NOT NULL DEFAULT '',
            next_at TEXT NOT NULL DEFAULT '',
            envelope BLOB NOT NULL, receipted_at TEXT NOT NULL DEFAULT '', lane INTEGER NOT NULL DEFAULT 1,
            UNIQUE (device, incarnation, seq)
        ) STRICT;
CREATE TABLE blob (
            item_number INTEGER NOT NULL REFERENCES item (number),
            position INTEGER NOT NULL,
            sha256 BLOB NOT NULL,
            len INTEGER NOT NULL,
            acked_offset INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (item_number, position)
        ) STRICT;
CREATE INDEX blob_by_hash ON blob (sha256);
CREATE TABLE box (
            receipt_hash BLOB PRIMARY KEY,
            change_id TEXT NOT NULL,
            epoch TEXT NOT NULL,
            rev INTEGER NOT NULL,
            box BLOB NOT NULL,
            received_at TEXT NOT NULL
        ) STRICT;
CREATE INDEX box_by_change ON box (change_id);
CREATE TABLE change (
            stream TEXT NOT NULL,
            id TEXT NOT NULL,
            epoch TEXT NOT NULL,
            rev INTEGER NOT NULL,
            body BLOB NOT NULL,
            is_installed INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (stream, id)
        ) STRICT;
CREATE TABLE locked (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            salt BLOB NOT NULL,
            sealed BLOB NOT NULL,
            wrong INTEGER NOT NULL DEFAULT 0,
            kept_until TEXT NOT NULL
        ) STRICT;
CREATE INDEX item_by_receipted_at ON item (receipted_at) WHERE state = 'complete';
CREATE TABLE entry (
            number INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            ref TEXT NOT NULL,
            title TEXT NOT NULL
        ) STRICT;
CREATE VIRTUAL TABLE entry_text USING fts5(
            title, body, content = '', contentless_delete = 1, prefix = '2 3',
            tokenize = "unicode61 remove_diacritics 2"
        );
CREATE TABLE 'entry_text_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'entry_text_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE 'entry_text_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);
CREATE TABLE 'entry_text_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE sealed_drop (
        id TEXT PRIMARY KEY,
        sha256 BLOB NOT NULL,
        envelope BLOB NOT NULL,
        day TEXT NOT NULL,
        wait_s REAL NOT NULL,
        delivered_on TEXT NOT NULL DEFAULT '',
        epoch TEXT NOT NULL DEFAULT '',
        case_id TEXT NOT NULL,
        case_number TEXT NOT NULL,
        receipt_hash BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
CREATE INDEX sealed_drop_by_receipt ON sealed_drop (receipt_hash);
CREATE TABLE audit_row (
        place INTEGER PRIMARY KEY,
        incarnation TEXT NOT NULL,
        number INTEGER NOT NULL,
        content BLOB NOT NULL,
        hash BLOB NOT NULL,
        sent_in TEXT NOT NULL DEFAULT '',
        UNIQUE (incarnation, number)
    ) STRICT;
CREATE INDEX audit_unsent ON audit_row (place) WHERE sent_in = '';
CREATE TABLE audit_head (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        rows INTEGER NOT NULL,
        hash BLOB NOT NULL
    ) STRICT;
CREATE INDEX item_by_state ON item (
            state, lane, number, must_confirm, id, kind, created_at, last_error, case_number, receipt_hash
        );
CREATE INDEX item_by_receipt ON item (receipt_hash) WHERE state <> 'queued';
