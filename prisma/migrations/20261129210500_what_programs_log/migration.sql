-- CreateTable
CREATE TABLE "ExperimentTag" (
    "experimentId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    PRIMARY KEY ("experimentId", "key"),
    CONSTRAINT "ExperimentTag_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "LoggedDataset" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "experimentId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "sourceType" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "schema" TEXT,
    "profile" TEXT,
    CONSTRAINT "LoggedDataset_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "DatasetInput" (
    "runId" TEXT NOT NULL,
    "datasetId" INTEGER NOT NULL,
    "tags" TEXT NOT NULL,

    PRIMARY KEY ("runId", "datasetId"),
    CONSTRAINT "DatasetInput_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "DatasetInput_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "LoggedDataset" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "LoggedModel" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "experimentId" TEXT NOT NULL,
    "runId" TEXT,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "modelType" TEXT,
    "params" TEXT NOT NULL,
    "tags" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "archivedAt" DATETIME,
    CONSTRAINT "LoggedModel_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ModelMetric" (
    "modelId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "datasetName" TEXT NOT NULL,
    "datasetDigest" TEXT NOT NULL,
    "step" REAL NOT NULL,
    "time" REAL NOT NULL,
    "value" REAL,

    PRIMARY KEY ("modelId", "key", "runId", "datasetName", "datasetDigest"),
    CONSTRAINT "ModelMetric_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "LoggedModel" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ModelFile" (
    "modelId" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,

    PRIMARY KEY ("modelId", "path"),
    CONSTRAINT "ModelFile_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "LoggedModel" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ModelUse" (
    "runId" TEXT NOT NULL,
    "modelId" TEXT NOT NULL,
    "isOutput" BOOLEAN NOT NULL,
    "step" REAL NOT NULL,

    PRIMARY KEY ("runId", "modelId", "isOutput"),
    CONSTRAINT "ModelUse_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ModelUse_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "LoggedModel" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "LoggedDataset_experimentId_name_digest_key" ON "LoggedDataset"("experimentId", "name", "digest");

-- CreateIndex
CREATE INDEX "DatasetInput_datasetId_idx" ON "DatasetInput"("datasetId");

-- CreateIndex
CREATE INDEX "LoggedModel_experimentId_createdAt_idx" ON "LoggedModel"("experimentId", "createdAt");

-- CreateIndex
CREATE INDEX "ModelFile_sha256_idx" ON "ModelFile"("sha256");

-- CreateIndex
CREATE INDEX "ModelUse_modelId_idx" ON "ModelUse"("modelId");
