"""The first tables of orders, and the index their search stands on; released, never edited."""

from __future__ import annotations

from typing import Final

ORDER_TABLES: Final = """
CREATE TABLE settings (
    id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL
);
CREATE TABLE orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL, number TEXT NOT NULL, number_key TEXT NOT NULL, external_id TEXT,
    currency TEXT NOT NULL,
    placed_on TEXT NOT NULL, placed_at TEXT, placed_sort TEXT NOT NULL, paid_at TEXT,
    customer_name TEXT, customer_email TEXT, customer_phone TEXT,
    total INTEGER NOT NULL, subtotal INTEGER, discount INTEGER, shipping INTEGER, tax INTEGER,
    marketplace_tax INTEGER, discount_code TEXT, free_reason TEXT,
    payment_method TEXT, shipping_method TEXT,
    gift TEXT NOT NULL, gift_message TEXT, notes TEXT, note_attributes TEXT,
    address TEXT, billing_address TEXT,
    is_canceled_by_channel INTEGER NOT NULL DEFAULT 0, canceled_at TEXT, policy_version TEXT,
    pieces TEXT NOT NULL DEFAULT '',
    payment_status TEXT NOT NULL, fulfillment_status TEXT NOT NULL, order_status TEXT NOT NULL,
    units_to_send INTEGER NOT NULL, ship_by TEXT,
    passes_gate INTEGER NOT NULL, is_held INTEGER NOT NULL, hold_reason TEXT, hold_until TEXT,
    waiting_since TEXT,
    search_text TEXT NOT NULL DEFAULT '',
    UNIQUE (channel, number)
);
CREATE INDEX orders_number_key ON orders (number_key);
CREATE INDEX orders_placed ON orders (placed_sort);
CREATE INDEX orders_customer ON orders (customer_name COLLATE NOCASE);
CREATE INDEX orders_email ON orders (customer_email);
CREATE INDEX orders_total ON orders (total);
CREATE INDEX orders_pieces ON orders (pieces);
CREATE INDEX orders_channel ON orders (channel);
CREATE INDEX orders_units_to_send ON orders (units_to_send);
CREATE INDEX orders_ship_by_last ON orders (ship_by IS NULL, ship_by);
CREATE INDEX orders_ship_by ON orders (ship_by);
CREATE INDEX orders_payment_status ON orders (payment_status);
CREATE INDEX orders_fulfillment_status ON orders (fulfillment_status, passes_gate, is_held);
CREATE INDEX orders_order_status ON orders (order_status);
CREATE INDEX orders_to_send ON orders (ship_by) WHERE units_to_send > 0;
CREATE INDEX orders_held ON orders (is_held) WHERE is_held = 1;
CREATE TABLE order_sources (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    format TEXT NOT NULL, digest TEXT NOT NULL, is_latest INTEGER NOT NULL, record TEXT,
    UNIQUE (order_id, format, digest)
);
CREATE TABLE line_items (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, source_key TEXT, title TEXT NOT NULL, sku TEXT,
    quantity INTEGER NOT NULL CHECK (quantity >= 0), unit_price INTEGER, discount INTEGER,
    variations TEXT, personalization TEXT, stage TEXT NOT NULL,
    stage_name TEXT, personalization_read TEXT,
    is_placeholder INTEGER NOT NULL DEFAULT 0,
    units_packed INTEGER NOT NULL DEFAULT 0, units_shipped INTEGER NOT NULL DEFAULT 0,
    units_canceled INTEGER NOT NULL DEFAULT 0, units_returned INTEGER NOT NULL DEFAULT 0,
    CHECK (units_canceled + units_packed <= quantity AND units_shipped <= units_packed),
    CHECK (units_returned BETWEEN 0 AND units_shipped)
);
CREATE INDEX line_items_order ON line_items (order_id);
CREATE TABLE charges (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    amount INTEGER NOT NULL, captured_at TEXT, source TEXT NOT NULL, external_id TEXT NOT NULL
);
CREATE INDEX charges_order ON charges (order_id);
CREATE TABLE authorizations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    amount INTEGER NOT NULL, state TEXT NOT NULL, source TEXT NOT NULL
);
CREATE INDEX authorizations_order ON authorizations (order_id);
CREATE TABLE refunds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    amount INTEGER NOT NULL, reason TEXT, source TEXT NOT NULL,
    goods INTEGER, shipping INTEGER, tax INTEGER, goodwill INTEGER, choice TEXT, withdrawn_at TEXT
);
CREATE INDEX refunds_order ON refunds (order_id);
CREATE TABLE refund_steps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    refund_id INTEGER NOT NULL REFERENCES refunds (id) ON DELETE CASCADE,
    state TEXT NOT NULL, at TEXT, means TEXT, reference TEXT, why TEXT
);
CREATE INDEX refund_steps_refund ON refund_steps (refund_id);
CREATE TABLE refund_units (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    refund_id INTEGER NOT NULL REFERENCES refunds (id) ON DELETE CASCADE,
    line_item_id INTEGER NOT NULL REFERENCES line_items (id) ON DELETE CASCADE,
    units INTEGER NOT NULL CHECK (units > 0)
);
CREATE INDEX refund_units_refund ON refund_units (refund_id);
CREATE INDEX refund_units_line ON refund_units (line_item_id);
CREATE TABLE write_offs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    amount INTEGER NOT NULL CHECK (amount > 0), reason TEXT NOT NULL, at TEXT NOT NULL
);
CREATE INDEX write_offs_order ON write_offs (order_id);
CREATE TABLE disputes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    amount INTEGER NOT NULL CHECK (amount > 0), reason TEXT NOT NULL, opened_at TEXT NOT NULL,
    evidence_due_on TEXT, evidence_given_at TEXT, outcome TEXT, closed_at TEXT
);
CREATE INDEX disputes_order ON disputes (order_id);
CREATE INDEX disputes_open ON disputes (id) WHERE outcome IS NULL;
CREATE TABLE cancellations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    line_item_id INTEGER NOT NULL REFERENCES line_items (id) ON DELETE CASCADE,
    units INTEGER NOT NULL CHECK (units <> 0), at TEXT, source TEXT NOT NULL
);
CREATE INDEX cancellations_order ON cancellations (order_id);
CREATE INDEX cancellations_line ON cancellations (line_item_id);
CREATE TABLE restarts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    kind TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL
);
CREATE INDEX restarts_order ON restarts (order_id);
CREATE TABLE packings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    line_item_id INTEGER NOT NULL REFERENCES line_items (id) ON DELETE CASCADE,
    units INTEGER NOT NULL CHECK (units <> 0), packed_at TEXT, seconds INTEGER,
    source TEXT NOT NULL, note TEXT
);
CREATE INDEX packings_order ON packings (order_id);
CREATE INDEX packings_line ON packings (line_item_id);
CREATE INDEX packings_timed ON packings (packed_at) WHERE seconds IS NOT NULL;
CREATE TABLE packing_steps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    packed_at TEXT NOT NULL, step TEXT NOT NULL, seconds INTEGER NOT NULL CHECK (seconds >= 0)
);
CREATE INDEX packing_steps_order ON packing_steps (order_id);
CREATE INDEX packing_steps_packed ON packing_steps (packed_at);
CREATE TABLE box_photos (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    digest TEXT NOT NULL, suffix TEXT NOT NULL, name TEXT NOT NULL, added_at TEXT NOT NULL
);
CREATE INDEX box_photos_order ON box_photos (order_id);
CREATE TABLE prints (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    kind TEXT NOT NULL, printed_at TEXT NOT NULL, digest TEXT NOT NULL, address TEXT,
    after_shipment INTEGER NOT NULL
);
CREATE INDEX prints_order ON prints (order_id);
CREATE TABLE shipments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    shipped_at TEXT, carrier TEXT, tracking_number TEXT, source TEXT NOT NULL,
    label_bought_at TEXT, label_cost INTEGER, label_currency TEXT, label_address TEXT,
    first_scan_at TEXT, delivered_at TEXT, note TEXT, undone_at TEXT
);
CREATE INDEX shipments_order ON shipments (order_id);
CREATE INDEX shipments_shipped ON shipments (shipped_at);
CREATE TABLE shipment_units (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    shipment_id INTEGER NOT NULL REFERENCES shipments (id) ON DELETE CASCADE,
    line_item_id INTEGER NOT NULL REFERENCES line_items (id) ON DELETE CASCADE,
    units INTEGER NOT NULL CHECK (units > 0)
);
CREATE INDEX shipment_units_shipment ON shipment_units (shipment_id);
CREATE INDEX shipment_units_line ON shipment_units (line_item_id);
CREATE TABLE returns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    reason TEXT NOT NULL, opened_at TEXT NOT NULL,
    replacement_order_id INTEGER REFERENCES orders (id) ON DELETE SET NULL,
    difference INTEGER, starts_at_once INTEGER NOT NULL DEFAULT 1, closed_at TEXT, closed_why TEXT
);
CREATE INDEX returns_order ON returns (order_id);
CREATE INDEX returns_replacement ON returns (replacement_order_id);
CREATE TABLE return_units (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    return_id INTEGER NOT NULL REFERENCES returns (id) ON DELETE CASCADE,
    line_item_id INTEGER NOT NULL REFERENCES line_items (id) ON DELETE CASCADE,
    units INTEGER NOT NULL CHECK (units > 0)
);
CREATE INDEX return_units_return ON return_units (return_id);
CREATE INDEX return_units_line ON return_units (line_item_id);
CREATE TABLE return_receipts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    return_id INTEGER NOT NULL REFERENCES returns (id) ON DELETE CASCADE,
    line_item_id INTEGER NOT NULL REFERENCES line_items (id) ON DELETE CASCADE,
    units INTEGER NOT NULL CHECK (units > 0), condition TEXT NOT NULL, received_at TEXT NOT NULL
);
CREATE INDEX return_receipts_return ON return_receipts (return_id);
CREATE INDEX return_receipts_line ON return_receipts (line_item_id);
CREATE TABLE holds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    reason TEXT NOT NULL, until TEXT, held_at TEXT NOT NULL, released_at TEXT
);
CREATE INDEX holds_order ON holds (order_id);
CREATE TABLE questions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    question TEXT NOT NULL, asked_at TEXT NOT NULL, answer TEXT, answered_at TEXT
);
CREATE INDEX questions_order ON questions (order_id);
CREATE TABLE promises (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    ship_by TEXT NOT NULL, pack_by TEXT NOT NULL, paid_at TEXT NOT NULL, timezone TEXT NOT NULL,
    processing_days INTEGER NOT NULL, cutoff TEXT, made_at TEXT NOT NULL, why TEXT
);
CREATE INDEX promises_order ON promises (order_id);
CREATE TABLE order_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    at TEXT NOT NULL, what TEXT NOT NULL
);
CREATE INDEX order_events_order ON order_events (order_id);
CREATE TABLE supplies (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL, place TEXT, supplier TEXT, stock INTEGER NOT NULL CHECK (stock >= 0),
    pack_size INTEGER NOT NULL CHECK (pack_size > 0), reorder_point INTEGER,
    uses INTEGER NOT NULL, used_per TEXT NOT NULL, is_retired INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE supply_moves (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    supply_id INTEGER NOT NULL REFERENCES supplies (id) ON DELETE CASCADE,
    kind TEXT NOT NULL, units INTEGER NOT NULL, at TEXT NOT NULL,
    order_id INTEGER REFERENCES orders (id) ON DELETE SET NULL, note TEXT,
    is_given_back INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX supply_moves_supply ON supply_moves (supply_id);
CREATE INDEX supply_moves_order ON supply_moves (order_id);
CREATE TABLE supply_crossings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    supply_id INTEGER NOT NULL REFERENCES supplies (id) ON DELETE CASCADE,
    crossed_at TEXT NOT NULL, ordered_at TEXT, ended_at TEXT
);
CREATE INDEX supply_crossings_supply ON supply_crossings (supply_id);
CREATE TABLE backups_made (
    id INTEGER PRIMARY KEY AUTOINCREMENT, file TEXT NOT NULL, made_at TEXT NOT NULL,
    kind TEXT NOT NULL, ok INTEGER NOT NULL, orders INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE notices (
    message_id TEXT NOT NULL, rung TEXT NOT NULL, shown_at TEXT NOT NULL,
    PRIMARY KEY (message_id, rung)
);
CREATE TABLE steps (
    id INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT NOT NULL, at TEXT NOT NULL,
    is_undone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX steps_undone ON steps (id) WHERE is_undone = 1;
CREATE TABLE row_changes (
    id INTEGER PRIMARY KEY,
    step_id INTEGER NOT NULL REFERENCES steps (id) ON DELETE CASCADE,
    table_name TEXT NOT NULL, row_id INTEGER NOT NULL, before TEXT, after TEXT
);
CREATE INDEX row_changes_step ON row_changes (step_id, table_name)
"""

SEARCH_TABLES: Final = (
    """CREATE VIRTUAL TABLE search_orders USING fts5 (
        search_text, content='orders', content_rowid='id',
        tokenize="unicode61 remove_diacritics 2", prefix='1 2 3'
    )""",
    """CREATE TRIGGER orders_search_added AFTER INSERT ON orders BEGIN
        INSERT INTO search_orders (rowid, search_text) VALUES (NEW.id, NEW.search_text);
    END""",
    """CREATE TRIGGER orders_search_gone AFTER DELETE ON orders BEGIN
        INSERT INTO search_orders (search_orders, rowid, search_text)
        VALUES ('delete', OLD.id, OLD.search_text);
    END""",
    """CREATE TRIGGER orders_search_changed AFTER UPDATE OF search_text ON orders
    WHEN OLD.search_text IS NOT NEW.search_text BEGIN
        INSERT INTO search_orders (search_orders, rowid, search_text)
        VALUES ('delete', OLD.id, OLD.search_text);
        INSERT INTO search_orders (rowid, search_text) VALUES (NEW.id, NEW.search_text);
    END""",
)
