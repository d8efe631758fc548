// SPDX-License-Identifier: Apache-2.0
#include "export/operations/bar_chart.h"
#include "export/operations/statistics_charts.h"

#include <QImage>
#include <QtTest>

#include <set>

using namespace exporters;

namespace
{

template <typename Shape>
std::vector<Shape> shapesOf(const Drawing &drawing)
{
    std::vector<Shape> found;
    for (const Drawing::Shape &shape : drawing.shapes) {
        if (const auto *one = std::get_if<Shape>(&shape))
            found.push_back(*one);
    }
    return found;
}

bool hasText(const Drawing &drawing, const std::string &text)
{
    const auto texts = shapesOf<Drawing::Text>(drawing);
    return std::ranges::find(texts, text, &Drawing::Text::text) != texts.end();
}

} // namespace

class TestCharts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void barsAreAsLongAsTheirValues()
    {
        const Drawing lying = lyingBars({"T", "s", {{"a", 30}, {"b", 10}, {"c", 0}}});
        const auto bars = shapesOf<Drawing::Rectangle>(lying);
        QCOMPARE(bars.size(), std::size_t(3));
        QCOMPARE(bars[0].width, bars[1].width * 3);
        QCOMPARE(bars[2].width, 0.0);
        const Drawing standing = standingBars({"T", "s", {{"a", 30}, {"b", 10}}});
        const auto columns = shapesOf<Drawing::Rectangle>(standing);
        QCOMPARE(columns[0].height, columns[1].height * 3);
        QCOMPARE(columns[0].y + columns[0].height, columns[1].y + columns[1].height);
    }

    void everythingLiesInside_data()
    {
        QTest::addColumn<int>("bars");
        QTest::addColumn<quint64>("largest");
        QTest::newRow("no bar") << 0 << quint64(0);
        QTest::newRow("one bar of nothing") << 1 << quint64(0);
        QTest::newRow("few") << 5 << quint64(7);
        QTest::newRow("many of millions") << 100 << quint64(12'345'678);
    }

    void everythingLiesInside()
    {
        QFETCH(int, bars);
        QFETCH(quint64, largest);
        BarChart chart{"Title", "subtitle", {}};
        for (int i = 0; i < bars; ++i)
            chart.bars.push_back({"a rather long name of a category, number " + std::to_string(i),
                                  std::size_t(largest) * std::size_t(i + 1) / std::size_t(bars)});
        for (const Drawing &drawing : {lyingBars(chart), standingBars(chart)}) {
            for (const auto &bar : shapesOf<Drawing::Rectangle>(drawing)) {
                QVERIFY(bar.x >= 0 && bar.x + bar.width <= drawing.width);
                QVERIFY(bar.y >= 0 && bar.y + bar.height <= drawing.height);
            }
            for (const auto &text : shapesOf<Drawing::Text>(drawing))
                QVERIFY(text.x >= 0 && text.x < drawing.width && text.y > 0 &&
                        text.y < drawing.height);
        }
    }

    void whatDoesNotFitIsCounted()
    {
        BarChart chart{"T", "", {}};
        for (int i = 0; i < 1050; ++i)
            chart.bars.push_back({std::to_string(i), 1});
        const Drawing drawing = lyingBars(chart);
        QCOMPARE(shapesOf<Drawing::Rectangle>(drawing).size(), std::size_t(40));
        QVERIFY(hasText(drawing, "and 1\u202f010 more"));
    }

    void svgIsXmlWhateverTheNames()
    {
        const Drawing drawing =
            lyingBars({"<\"a\" & b>", "\u00fc", {{"a\x01<b>&\"", 3}, {"\u72ac", 2}, {"\xff", 1}}});
        QXmlStreamReader xml(QByteArray::fromStdString(toSvg(drawing)));
        QStringList texts;
        while (!xml.atEnd()) {
            if (xml.readNext() == QXmlStreamReader::StartElement &&
                xml.name() == QLatin1String("text"))
                texts.append(xml.readElementText());
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QVERIFY(texts.contains("<\"a\" & b>"));
        QVERIFY(texts.contains("a<b>&\""));
        QVERIFY(texts.contains(QString("\u72ac")));
    }

    void pngIsTheSameDrawing()
    {
        QTemporaryDir directory;
        const QString file = directory.filePath("chart.png");
        const Drawing drawing = lyingBars({"Title", "", {{"a", 2}, {"b", 1}}});
        writePng(drawing, file.toStdString());
        const QImage image(file);
        QCOMPARE(image.size(), QSize(drawing.width, drawing.height) * 2);
        QCOMPARE(image.pixelColor(1, 1), QColor(Qt::white));
        const auto bar = shapesOf<Drawing::Rectangle>(drawing).front();
        const QPointF middle((bar.x + bar.width / 2) * 2, (bar.y + bar.height / 2) * 2);
        QCOMPARE(image.pixelColor(middle.toPoint()).rgb(), QColor::fromRgb(bar.color).rgb());
    }

    void everyStatisticHasItsChart()
    {
        Statistics s;
        s.images = 3;
        s.imagesWithCount = {{0, 1}, {10, 2}, {11, 3}, {21, 1}, {22, 5}, {100, 7}};
        QTemporaryDir directory;
        const auto charts = statisticsCharts(s);
        writeCharts(charts, directory.filePath("new/charts").toStdString());
        QCOMPARE(QDir(directory.filePath("new/charts")).entryList(QDir::Files).size(),
                 qsizetype(2 * charts.size()));
        const Drawing &perImage = charts[3].drawing;
        QVERIFY(hasText(perImage, "Annotations per image"));
        const auto bars = shapesOf<Drawing::Rectangle>(perImage);
        QCOMPARE(bars.size(), std::size_t(11 + 4)); // 0 to 10, 11-21, 22-43, 44-87, 88-175
        QVERIFY(hasText(perImage, "22\u201343"));
        QCOMPARE(bars[11].height, bars[10].height * 2); // 3 + 1 images to 2
        QCOMPARE(bars[13].height, 0.0);
    }
};

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
