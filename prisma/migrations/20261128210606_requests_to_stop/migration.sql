-- AlterTable
ALTER TABLE "Experiment" ADD COLUMN "stopRequestedAt" DATETIME;
ALTER TABLE "Experiment" ADD COLUMN "stopRequestedBy" TEXT;

-- AlterTable
ALTER TABLE "Run" ADD COLUMN "stopRequestedAt" DATETIME;
ALTER TABLE "Run" ADD COLUMN "stopRequestedBy" TEXT;
