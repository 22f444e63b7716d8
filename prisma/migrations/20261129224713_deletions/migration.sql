-- CreateTable
CREATE TABLE "Deletion" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "kind" TEXT NOT NULL,
    "of" TEXT NOT NULL,
    "experimentId" TEXT NOT NULL,
    "deletedAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Deletion_of_key" ON "Deletion"("of");
