// Damages a record for tests elsewhere, which do not talk to the database: node fixtures-sql.mjs FILE STATEMENT...

import Database from 'better-sqlite3';

const [file, ...statements] = process.argv.slice(2);
const database = new Database(file);
for (const statement of statements) database.exec(statement);
database.close();
