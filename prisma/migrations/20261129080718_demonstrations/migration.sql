-- CreateTable
CREATE TABLE "Demonstration" (
    "experimentId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "output" TEXT NOT NULL,
    "holds" BOOLEAN NOT NULL,
    "engine" TEXT NOT NULL,
    "shownAt" DATETIME NOT NULL,

    PRIMARY KEY ("experimentId", "position"),
    CONSTRAINT "Demonstration_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
