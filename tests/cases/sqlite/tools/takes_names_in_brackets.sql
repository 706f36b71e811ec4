-- file: 0001_northwind.sql
CREATE TABLE [Order Details] (
    [Order ID] INT NOT NULL,
    [Product ID] INT NOT NULL REFERENCES [Products] ([Product ID]),
    [Unit Price] MONEY NOT NULL CONSTRAINT [DF_Price] DEFAULT (0),
    "Quantity" SMALLINT NOT NULL DEFAULT 1 CONSTRAINT "CK_Quantity" CHECK ([Quantity] > 0),
    CONSTRAINT [PK_Details] PRIMARY KEY ([Order ID], [Product ID])
);
CREATE TABLE Products ([Product ID] INTEGER PRIMARY KEY, [Product Name] NVARCHAR (40) NOT NULL, Discontinued BIT NOT NULL DEFAULT ((0)));
CREATE INDEX [By Product] ON [Order Details] ([Product ID] ASC);
CREATE VIEW [Order Subtotals] AS
SELECT [Order Details].[Order ID], Sum(CAST([Unit Price] * Quantity AS REAL)) AS Subtotal
FROM [Order Details] GROUP BY [Order Details].[Order ID];
-- file: 0002_rename.sql
ALTER TABLE [Order Details] RENAME COLUMN [Unit Price] TO unit_price;
ALTER TABLE [Order Details] RENAME TO order_details;
