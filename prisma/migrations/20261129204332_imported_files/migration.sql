-- CreateTable
CREATE TABLE "ImportedFile" (
    "experimentId" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "position" TEXT NOT NULL,
    "size" REAL NOT NULL,
    "modifiedAt" REAL NOT NULL,
    "head" TEXT NOT NULL,
    "headSize" INTEGER NOT NULL,
    "runId" TEXT,

    PRIMARY KEY ("experimentId", "path")
);
