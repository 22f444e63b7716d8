-- DropIndex
DROP INDEX "MetricSeries_key_max_idx";

-- DropIndex
DROP INDEX "MetricSeries_key_min_idx";

-- DropIndex
DROP INDEX "MetricSeries_key_last_idx";

-- DropIndex
DROP INDEX "Param_key_value_idx";

-- DropIndex
DROP INDEX "Param_key_number_idx";

-- DropIndex
DROP INDEX "Tag_key_value_idx";

-- AlterTable
ALTER TABLE "Tag" ADD COLUMN "number" REAL;

-- CreateTable
CREATE TABLE "SavedView" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "experimentId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "SavedView_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RunSet" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "runIds" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateIndex
CREATE UNIQUE INDEX "SavedView_experimentId_name_key" ON "SavedView"("experimentId", "name");

-- CreateIndex
CREATE INDEX "MetricSeries_key_runId_last_min_max_idx" ON "MetricSeries"("key", "runId", "last", "min", "max");

-- CreateIndex
CREATE INDEX "Param_key_runId_number_value_idx" ON "Param"("key", "runId", "number", "value");

-- CreateIndex
CREATE INDEX "Run_experimentId_archivedAt_id_createdAt_idx" ON "Run"("experimentId", "archivedAt", "id", "createdAt");

-- CreateIndex
CREATE INDEX "Tag_key_runId_number_value_idx" ON "Tag"("key", "runId", "number", "value");
