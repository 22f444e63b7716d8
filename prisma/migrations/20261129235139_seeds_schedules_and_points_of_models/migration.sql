-- AlterTable
ALTER TABLE "Experiment" ADD COLUMN "seedParam" TEXT;

-- AlterTable
ALTER TABLE "Run" ADD COLUMN "scheduledAt" DATETIME;

-- CreateTable
CREATE TABLE "ModelPoint" (
    "modelId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "datasetName" TEXT NOT NULL,
    "datasetDigest" TEXT NOT NULL,
    "step" REAL NOT NULL,
    "time" REAL NOT NULL,
    "value" TEXT NOT NULL,

    PRIMARY KEY ("modelId", "key", "runId", "datasetName", "datasetDigest", "step", "time", "value"),
    CONSTRAINT "ModelPoint_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "LoggedModel" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "ModelPoint_runId_idx" ON "ModelPoint"("runId");
