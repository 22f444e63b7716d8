-- Columns are added and no table is made anew, which Prisma would do for the first of them: a record with a damaged page could
-- not be opened then (docs/decisions/0001-metrics-beside-prisma.md).

-- AlterTable
ALTER TABLE "Run" ADD COLUMN "source" TEXT NOT NULL DEFAULT 'whorl';

-- AlterTable
ALTER TABLE "MetricSeries" ADD COLUMN "lastTime" REAL;
