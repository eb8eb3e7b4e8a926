-- Streams of messages. Offsets start at 1 and rise by one in the order of the commits, without
-- gaps: whoever appends holds the stream's row until the commit.

CREATE TABLE persistence.stream (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text COLLATE "C" NOT NULL UNIQUE,
  last_offset bigint NOT NULL DEFAULT 0
);

-- No foreign key: persistence.append is the one writer, and holds the stream's row already.
CREATE TABLE persistence.message (
  stream bigint NOT NULL,
  "offset" bigint NOT NULL,
  at timestamptz NOT NULL,
  -- The caller's key, or one of ours that starts with «~», so that a second try is known as such.
  key text COLLATE "C" NOT NULL,
  body jsonb NOT NULL,
  -- What the message takes in an answer, at most.
  bytes integer NOT NULL,
  PRIMARY KEY (stream, "offset"),
  UNIQUE (stream, key)
);

-- Appends a batch: three arrays of one length, in which no stream has a key twice. Every statement
-- in here sees what was committed before it began, so that the second one knows what a writer did
-- whose lock the first one waited for. «same» is null for a message that is new; for a known key it
-- tells whether the body is the one that was kept.
CREATE FUNCTION persistence.append(streams text[], keys text[], bodies text[])
RETURNS TABLE (place bigint, "offset" bigint, at timestamptz, same boolean)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  moment timestamptz;
BEGIN
  -- In the order of the names, here and below, whoever appends: no two writers wait for each other.
  INSERT INTO persistence.stream (name)
    SELECT DISTINCT name COLLATE "C" FROM unnest(streams) AS name
    WHERE NOT EXISTS (SELECT FROM persistence.stream AS known WHERE known.name = name.name)
    ORDER BY 1
    ON CONFLICT DO NOTHING;
  PERFORM FROM persistence.stream WHERE name = ANY (streams) ORDER BY name FOR UPDATE;
  moment := date_trunc('milliseconds', clock_timestamp());

  RETURN QUERY
  WITH batch AS (
    SELECT row.place, stream.id AS stream, stream.last_offset, row.key, row.body::jsonb AS body
    FROM unnest(streams, keys, bodies) WITH ORDINALITY AS row (name, key, body, place)
    JOIN persistence.stream ON stream.name = row.name
  ), known AS (
    SELECT batch.place, message."offset", message.at, message.body = batch.body AS same
    FROM batch JOIN persistence.message USING (stream, key)
  ), fresh AS (
    SELECT batch.*,
      last_offset + row_number() OVER (PARTITION BY stream ORDER BY batch.place) AS "offset"
    FROM batch WHERE NOT EXISTS (SELECT FROM known WHERE known.place = batch.place)
  ), kept AS (
    INSERT INTO persistence.message (stream, "offset", at, key, body, bytes)
    SELECT stream, fresh."offset", moment, key, body,
      octet_length(body::text) + octet_length(key) + 96
    FROM fresh
  ), moved AS (
    UPDATE persistence.stream SET last_offset = latest.last_offset
    FROM (SELECT stream, max(fresh."offset") AS last_offset FROM fresh GROUP BY stream) AS latest
    WHERE id = latest.stream
  )
  SELECT fresh.place, fresh."offset", moment, NULL::boolean FROM fresh
  UNION ALL
  SELECT known.place, known."offset", known.at, known.same FROM known;
END
$$;
