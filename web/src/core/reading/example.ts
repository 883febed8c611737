/** An invented decision on an invented enterprise of the demo data. */
export const EXAMPLE =
  '2023年4月19日，青浦区生态环境局执法人员突击检查上海晨星示例电镀有限公司，发现该公司镀铬线酸雾收集罩破损，DA001排气筒铬酸雾排放浓度0.13mg/m3，超过《电镀污染物排放标准》（GB 21900-2008）限值1.6倍，违反了《中华人民共和国大气污染防治法》第九十九条第二项的规定，罚款人民币贰拾捌万元。当事人应于15日内缴纳。另查，上海不存在示例化工有限公司不在名录中。'
export const EXAMPLE_DATE = '2023-06-16'
