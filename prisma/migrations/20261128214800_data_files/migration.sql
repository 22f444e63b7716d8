-- CreateTable
CREATE TABLE "DataFile" (
    "sha256" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "DataFile_name_key" ON "DataFile"("name");

-- The files of the runs that are there, by the name of the first run's; of those that share one, the others by their hash
-- as well.
INSERT INTO "DataFile" ("sha256", "name")
SELECT "sha256",
    CASE row_number() OVER (PARTITION BY "name" ORDER BY "first", "sha256")
        WHEN 1 THEN "name"
        ELSE "name" || ' (' || substr("sha256", 1, 8) || ')'
    END
FROM (
    SELECT h."value" AS "sha256",
        substr(p."value", length(rtrim(p."value", replace(p."value", '/', ''))) + 1) AS "name",
        min(r."createdAt") AS "first"
    FROM "Param" h
    JOIN "Param" p ON p."runId" = h."runId" AND p."key" = 'data.path'
    JOIN "Run" r ON r."id" = h."runId"
    WHERE h."key" = 'data.sha256' AND h."value" <> ''
    GROUP BY h."value"
);

UPDATE "Param" SET "value" = (
    SELECT d."name" FROM "Param" h JOIN "DataFile" d ON d."sha256" = h."value"
    WHERE h."runId" = "Param"."runId" AND h."key" = 'data.sha256'
)
WHERE "key" = 'data.path' AND EXISTS (
    SELECT 1 FROM "Param" h JOIN "DataFile" d ON d."sha256" = h."value"
    WHERE h."runId" = "Param"."runId" AND h."key" = 'data.sha256'
);
