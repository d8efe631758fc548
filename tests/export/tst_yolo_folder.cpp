// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "dataset_folder.h"
#include "export/formats/yolo/yolo_folder.h"
#include "export/formats/yolo/yolo_places.h"

#include <QtTest>

using exporters::YoloKind;
using Texts = std::vector<std::string>;

class TestYoloFolder : public QObject
{
    Q_OBJECT

private:
    exporters::Findings m_findings;

    /// "split: name <- label", or "<- nothing" where the picture was not found.
    Texts open(const std::filesystem::path &input, const DatasetFolder &folder,
               const exporters::ReadOptions &options = {})
    {
        m_findings = {};
        Texts entries;
        for (const auto &entry : exporters::openYoloFolder(input, options, m_findings).entries) {
            std::error_code error;
            const bool hasLabel = std::filesystem::exists(entry.label, error);
            entries.push_back(
                (entry.picture.empty() ? "lost " : "") + entry.split + ": " + entry.name +
                (hasLabel ? " <- " + std::filesystem::relative(entry.label, folder.path()).string()
                          : ""));
        }
        return entries;
    }

private Q_SLOTS:
    void labelsLieBesideTheLastFolderOfImages()
    {
        for (const auto &[pictures, labels] :
             {std::pair("a/images/train", "a/labels/train"), std::pair("images", "labels"),
              std::pair("/images/b/images/x.png", "/images/b/labels/x.png"),
              std::pair("a/pictures", "a/pictures"), std::pair("my images/a", "my images/a")})
            QCOMPARE(exporters::yoloLabelsOf(pictures), std::filesystem::path(labels));
    }

    void picturesAndLabelsInFoldersOfTheirOwn()
    {
        const DatasetFolder folder;
        folder.write("data.yaml", "train: images/train\nval: images/val\nnames: [a]\n");
        folder.picture("images/train/2.png", {1, 1});
        folder.picture("images/train/10.jpg", {1, 1});
        folder.picture("images/train/sub/3.png", {1, 1});
        folder.picture("images/val/2.png", {1, 1});
        folder.write("labels/train/2.txt", "");
        folder.write("labels/train/sub/3.txt", "");
        folder.write("labels/val/2.txt", "");
        folder.write("labels/val/gone.txt", "");
        const Texts expected{"train: images/train/2.png <- labels/train/2.txt",
                             "train: images/train/10.jpg",
                             "train: images/train/sub/3.png <- labels/train/sub/3.txt",
                             "val: images/val/2.png <- labels/val/2.txt",
                             "lost val: images/val/gone <- labels/val/gone.txt"};
        QCOMPARE(open(folder.path(), folder), expected);
        QCOMPARE(open(folder.path("data.yaml"), folder), expected);
        QCOMPARE(open(folder.path() / "", folder), expected);
        QVERIFY(m_findings.isEmpty());
    }

    void layouts_data()
    {
        QTest::addColumn<std::string>("yaml");
        QTest::addColumn<Texts>("files"); // pictures; their labels beside or in "labels"
        QTest::addColumn<Texts>("entries");
        const auto row = [](const char *name, const char *yaml, Texts files, Texts entries) {
            QTest::newRow(name) << std::string(yaml) << std::move(files) << std::move(entries);
        };
        row("each part with images and labels of its own",
            "train: train/images\nval: valid/images\n",
            {"train/images/a.png", "train/labels/a.txt", "valid/images/b.png",
             "valid/labels/b.txt"},
            {"train: train/images/a.png <- train/labels/a.txt",
             "val: valid/images/b.png <- valid/labels/b.txt"});
        row("one step up too many", "train: ../train/images\n",
            {"train/images/a.png", "train/labels/a.txt"},
            {"train: train/images/a.png <- train/labels/a.txt"});
        row("the part alone is named", "train: train\n",
            {"train/images/a.png", "train/labels/a.txt"},
            {"train: train/images/a.png <- train/labels/a.txt"});
        row("pictures and labels side by side", "train: all\n",
            {"all/a.png", "all/a.txt", "all/readme.txt"}, {"train: all/a.png <- all/a.txt"});
        row("the path of another machine", "path: /no/such/place\ntrain: images\n",
            {"images/a.png", "labels/a.txt"}, {"train: images/a.png <- labels/a.txt"});
        row("a path inside", "path: inner\ntrain: images\n",
            {"inner/images/a.png", "inner/labels/a.txt"},
            {"train: images/a.png <- inner/labels/a.txt"});
        row("several places", "train: [x/images, y/images]\n",
            {"x/images/a.png", "y/images/b.png", "y/labels/b.txt"},
            {"train: x/images/a.png", "train: y/images/b.png <- y/labels/b.txt"});
        row("val is train once more", "train: images\nval: images\n",
            {"images/a.png", "labels/a.txt"}, {"train: images/a.png <- labels/a.txt"});
        row("images twice on the way: the last one counts", "train: images/v1/images\n",
            {"images/v1/images/a.png", "images/v1/labels/a.txt"},
            {"train: images/v1/images/a.png <- images/v1/labels/a.txt"});
        row("no path of the file's but one in the folder of datasets", "path: d\ntrain: images\n",
            {"images/a.png"}, {"train: images/a.png"});
    }

    void layouts()
    {
        QFETCH(std::string, yaml);
        QFETCH(Texts, files);
        QFETCH(Texts, entries);
        const DatasetFolder folder;
        folder.write("coco8.yaml", yaml + "names: [a]\n");
        for (const std::string &file : files) {
            if (file.ends_with(".png"))
                folder.picture(file, {1, 1});
            else
                folder.write(file, "");
        }
        QCOMPARE(open(folder.path(), folder), entries);
        QVERIFY(m_findings.isEmpty());
    }

    void listsOfPictures()
    {
        const DatasetFolder folder;
        folder.write("data.yaml",
                     "train: train.txt\nval: lists/val.txt\ntest: no.txt\nnames: [a]\n");
        folder.picture("images/train/a.png", {1, 1});
        folder.picture("images/b.png", {1, 1});
        folder.write("labels/train/a.txt", "");
        const std::string absolute = folder.path("images/train/a.png").string();
        folder.write("train.txt", "./images/train/a.png\r\n\n" + absolute + "\nimages/lost.png\n");
        folder.write("lists/val.txt", "images/b.png\n../../etc/passwd\n/etc/passwd\n"
                                      "images/../b.png\n\xff.png\n");
        QCOMPARE(open(folder.path(), folder),
                 (Texts{"val: images/b.png", "lost train: images/lost",
                        "train: images/train/a.png <- labels/train/a.txt"}));
        QCOMPARE(rulesOf(m_findings),
                 (Texts{"list-outside line 2", "list-outside line 3", "list-outside line 4",
                        "list-name line 5", "list-unreadable"}));
    }

    void picturesElsewhere()
    {
        const DatasetFolder folder, pictures;
        folder.write("data.yaml", "train: images/train\nval: images/val\nnames: [a]\n");
        for (const char *label : {"train/a", "train/b", "train/d", "val/a", "val/c", "val/d"})
            folder.write(std::string("labels/") + label + ".txt", "");
        pictures.picture("train/a.png", {1, 1});
        pictures.picture("images/val/a.png", {1, 1});
        pictures.picture("val/d.png", {1, 1}); // not train's
        pictures.picture("deep/down/b.jpg", {1, 1});
        QCOMPARE(open(folder.path(), folder, {pictures.path()}),
                 (Texts{"train: deep/down/b.jpg <- labels/train/b.txt",
                        "lost train: images/train/d <- labels/train/d.txt",
                        "val: images/val/a.png <- labels/val/a.txt",
                        "lost val: images/val/c <- labels/val/c.txt",
                        "train: train/a.png <- labels/train/a.txt",
                        "val: val/d.png <- labels/val/d.txt"}));
        QVERIFY(m_findings.isEmpty());
    }

    void aFolderOfImagesAboveIsNotMeant()
    {
        const DatasetFolder folder;
        folder.write("images/x/data.yaml", "train: all\nnames: [a]\n");
        folder.picture("images/x/all/a.png", {1, 1});
        folder.write("images/x/all/a.txt", "");
        QCOMPARE(open(folder.path("images/x"), folder),
                 (Texts{"train: all/a.png <- images/x/all/a.txt"}));
        // Unless the labels do lie there.
        folder.write("images/y/data.yaml", "train: all\nnames: [a]\n");
        folder.picture("images/y/all/a.png", {1, 1});
        folder.write("labels/y/all/a.txt", "");
        QCOMPARE(open(folder.path("images/y"), folder),
                 (Texts{"train: all/a.png <- labels/y/all/a.txt"}));
    }

    void classesWithoutADescription()
    {
        const DatasetFolder folder;
        folder.write("classes.txt", "cat\ndog\n");
        folder.picture("images/a.png", {1, 1});
        folder.write("labels/a.txt", "");
        folder.write("labels/classes.txt", "cat\ndog\n");
        QCOMPARE(open(folder.path(), folder), (Texts{": images/a.png <- labels/a.txt"}));
    }

    void foldersThatAreNotThere()
    {
        const DatasetFolder folder;
        folder.write("data.yaml", "train: images/train\nval: ../../../nowhere\nnames: [a]\n");
        QVERIFY(open(folder.path(), folder).empty());
        QCOMPARE(rulesOf(m_findings), (Texts{"folder-missing", "folder-missing"}));
    }

    void circlesOfLinksEnd()
    {
        const DatasetFolder folder;
        folder.write("data.yaml", "train: images\nnames: [a]\n");
        folder.picture("images/a.png", {1, 1});
        folder.write("labels/a.txt", "");
        std::filesystem::create_directory_symlink(folder.path(), folder.path("images/again"));
        std::filesystem::create_directory_symlink(folder.path("labels"),
                                                  folder.path("labels/again"));
        // Through the link the same folder is never entered twice.
        QCOMPARE(open(folder.path(), folder), (Texts{"train: images/a.png <- labels/a.txt"}));
    }

    void foldersAboveTheDatasetAreNotListed_data()
    {
        QTest::addColumn<std::string>("yaml");
        QTest::addColumn<Texts>("entries");
        const Texts good{"val: images/a.png <- labels/a.txt"};
        const auto row = [](const char *name, const char *yaml, Texts entries) {
            QTest::newRow(name) << std::string(yaml) << std::move(entries);
        };
        row("the whole disk", "train: /\nval: images\n", good);
        row("a folder above", "train: ../..\nval: images\n", good);
        row("the whole disk as the path", "path: /\ntrain: .\n", {});
        row("a link that leads there", "train: disk\nval: images\n", good);
    }
    void foldersAboveTheDatasetAreNotListed()
    {
        QFETCH(std::string, yaml);
        QFETCH(Texts, entries);
        const DatasetFolder folder;
        folder.write("data.yaml", yaml + "names: [a]\n");
        folder.picture("images/a.png", {1, 1});
        folder.write("labels/a.txt", "");
        std::filesystem::create_directory_symlink("/", folder.path("disk"));
        std::filesystem::create_directory_symlink("/", folder.path("images/disk"));
        std::filesystem::create_directory_symlink("../..", folder.path("labels/above"));
        QCOMPARE(open(folder.path(), folder), entries);
        QCOMPARE(rulesOf(m_findings), (Texts{"folder-above train"}));
    }

    void foldersOutsideAreNotEndless()
    {
        const DatasetFolder folder;
        folder.write("set/data.yaml", "train: ../large\nval: ../small\nnames: [a]\n");
        folder.picture("small/a.png", {1, 1});
        folder.picture("large/b.png", {1, 1});
        for (std::size_t i = 0; i < exporters::mostYoloFoldersOutside; ++i)
            std::filesystem::create_directory(folder.path("large") / std::to_string(i));
        QCOMPARE(open(folder.path("set"), folder).size(), std::size_t(2));
        QCOMPARE(rulesOf(m_findings), Texts());
        std::filesystem::create_directory(folder.path("large/one more"));
        QCOMPARE(open(folder.path("set"), folder).size(), std::size_t(1));
        QCOMPARE(rulesOf(m_findings), (Texts{"folder-large"}));
    }

    void listingStops()
    {
        const DatasetFolder folder;
        folder.write("data.yaml", "train: images\nnames: [a]\n");
        folder.picture("images/a.png", {1, 1});
        std::stop_source stop;
        stop.request_stop();
        exporters::Findings findings;
        QVERIFY_THROWS_EXCEPTION(
            core::Error, exporters::openYoloFolder(folder.path(), {}, findings, stop.get_token()));
    }

    void picturesBesideTheDescriptionsFolder()
    {
        const DatasetFolder folder;
        folder.write("dataset/config/data.yaml", "train: ../images\nnames: [a]\n");
        folder.write("dataset/yaml/data.yaml",
                     "path: " + folder.path("dataset").string() + "\ntrain: .\nnames: [a]\n");
        folder.picture("dataset/images/a.png", {1, 1});
        folder.write("dataset/labels/a.txt", "");
        for (const char *yaml : {"dataset/config/data.yaml", "dataset/yaml/data.yaml"}) {
            const Texts entries = open(folder.path(yaml), folder);
            QCOMPARE(entries.size(), std::size_t(1));
            QVERIFY(entries.front().ends_with("a.png <- dataset/labels/a.txt"));
            QVERIFY(m_findings.isEmpty());
        }
    }

    void whatIsNoDataset()
    {
        const DatasetFolder folder;
        folder.write("one.yaml", "names: [a]\ntrain: images\n");
        folder.write("two.yaml", "names: [a]\ntrain: images\n");
        folder.write("noplace/data.yaml", "names: [a]\n");
        for (const char *name : {"", "none", "noplace"}) {
            QVERIFY_THROWS_EXCEPTION(core::Error, open(folder.path(name), folder));
            QVERIFY(exporters::glimpseYolo(folder.path(name)) == YoloKind::None);
        }
    }

    void kinds_data()
    {
        QTest::addColumn<std::string>("label");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *name, const char *label, YoloKind kind) {
            QTest::newRow(name) << std::string(label) << int(kind);
        };
        row("five numbers", "0 .5 .5 .1 .1\n", YoloKind::Boxes);
        row("nine numbers", "0 0 0 1 0 1 1 0 1\n", YoloKind::RotatedBoxes);
        row("others", "0 0 0 1 0 1 1 0 1\n0 0 0 1 1 0 1\n", YoloKind::Outlines);
        row("boxes and outlines of four points", "0 .5 .5 .1 .1\n0 0 0 1 0 1 1 0 1\n",
            YoloKind::Outlines);
        row("no object", "", YoloKind::Boxes);
    }

    void kinds()
    {
        QFETCH(std::string, label);
        QFETCH(int, kind);
        const DatasetFolder folder;
        folder.write("data.yaml", "names: [a]\ntrain: images/train\n");
        folder.write("labels/train/sub/a.txt", label);
        QCOMPARE(int(exporters::glimpseYolo(folder.path())), kind);
        QCOMPARE(int(exporters::glimpseYolo(folder.path("data.yaml"))), kind);
    }
};

QTEST_GUILESS_MAIN(TestYoloFolder)
#include "tst_yolo_folder.moc"
