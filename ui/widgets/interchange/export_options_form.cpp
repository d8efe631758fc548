// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/interchange/export_options_form.h"

#include "export/format_choices.h"
#include "ui/widgets/interchange/dialog_parts.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>

namespace ui
{

using exporters::SegmentationForm;

// The texts of each are in the order of its enumeration.
ExportOptionsForm::ExportOptionsForm(const exporters::WriteOptions &options, QWidget *parent)
    : QWidget(parent), m_options(options), m_form(formLayout(this))
{
    m_segmentation = addChoice("segmentation", tr("Masks as"),
                               {tr("Run lengths, compressed: every pixel"),
                                tr("Run lengths, plain numbers: every pixel"),
                                tr("Polygons along the edges of pixels: holes are filled")},
                               int(options.segmentation));
    m_shapes = addChoice("shapes", tr("Masks as"),
                         {tr("Polygons along the edges of pixels: for every version"),
                          tr("Mask shapes: every pixel, but not for LabelMe 5.1 and older")},
                         options.maskShapes ? 1 : 0);
    m_parts = addChoice("parts", tr("Several parts"),
                        {tr("One outline, joined by thin lines"), tr("The largest part alone")},
                        int(options.parts));
    m_overlap =
        addChoice("overlap", tr("Overlaps"),
                  {tr("The later object is on top, as here"), tr("The smaller object is on top")},
                  int(options.overlap));
    m_simplify = new QDoubleSpinBox;
    m_simplify->setObjectName(QStringLiteral("simplify"));
    m_simplify->setRange(0, 100);
    m_simplify->setDecimals(1);
    m_simplify->setSingleStep(0.5);
    m_simplify->setSpecialValueText(tr("Exact"));
    m_simplify->setSuffix(tr(" px off at most"));
    m_simplify->setValue(options.simplify);
    m_form->addRow(tr("Outlines"), m_simplify);
    m_pictures = addChoice(
        "pictures", tr("Pictures"),
        {tr("Leave them where they are"), tr("Link them: takes no space"), tr("Copy them")},
        int(options.pictures));
    connect(m_simplify, &QDoubleSpinBox::valueChanged, this, &ExportOptionsForm::changed);
}

QComboBox *ExportOptionsForm::addChoice(const char *name, const QString &label,
                                        const QStringList &texts, int current)
{
    auto *box = new QComboBox;
    box->setObjectName(QLatin1String(name));
    box->addItems(texts);
    box->setCurrentIndex(qBound(0, current, int(texts.size()) - 1));
    m_form->addRow(label, box);
    connect(box, &QComboBox::currentIndexChanged, this, [this] {
        updateVisible();
        Q_EMIT changed();
    });
    return box;
}

void ExportOptionsForm::setFormat(const exporters::Format &format)
{
    m_format = &format;
    updateVisible();
}

void ExportOptionsForm::updateVisible()
{
    if (!m_format)
        return;
    const exporters::FormatChoices choices = exporters::choicesOf(*m_format);
    const bool isOutline =
        (!choices.segmentation ||
         SegmentationForm(m_segmentation->currentIndex()) == SegmentationForm::Polygon) &&
        (!choices.maskShapes || m_shapes->currentIndex() == 0);
    m_form->setRowVisible(m_segmentation, choices.segmentation);
    m_form->setRowVisible(m_shapes, choices.maskShapes);
    m_form->setRowVisible(m_parts, choices.parts);
    m_form->setRowVisible(m_overlap, choices.overlap);
    m_form->setRowVisible(m_simplify, choices.simplify && isOutline);
    m_form->setRowVisible(m_pictures, choices.pictures);
    setVisible(!isEmpty());
}

bool ExportOptionsForm::isEmpty() const
{
    const exporters::FormatChoices choices = exporters::choicesOf(*m_format);
    return !(choices.segmentation || choices.parts || choices.overlap || choices.simplify ||
             choices.maskShapes || choices.pictures);
}

exporters::WriteOptions ExportOptionsForm::options() const
{
    exporters::WriteOptions options = m_options;
    options.segmentation = SegmentationForm(m_segmentation->currentIndex());
    options.maskShapes = m_shapes->currentIndex() == 1;
    options.parts = exporters::PartsForm(m_parts->currentIndex());
    options.overlap = exporters::Overlap(m_overlap->currentIndex());
    options.simplify = m_simplify->value();
    options.pictures = exporters::Pictures(m_pictures->currentIndex());
    return options;
}

} // namespace ui
