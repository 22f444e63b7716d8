-- AlterTable
ALTER TABLE "Run" ADD COLUMN "seedParam" TEXT;
